"""The figure of the lesson on batch normalisation: a histogram for each layer, without BN and with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, SERIES, STRONG, WARN, Row, beside, cells, fit, headed, wrap

_BARS = " ▁▂▃▄▅▆▇█"
_ASCII_BARS = " .:-=+*#@"
_SCALE = "<-4     0       4>"  # under 18 bins: what lies beyond -4 and 4 is in the first and the last
_WIDE = {"mean": 9, "std": 9}  # cells of each value
_NARROW = {"std": 8}
FEWEST = 0.005

Settings = Mapping[str, Any]
Layer = Mapping[str, Any]


def draw_activation_histograms(
    settings: Settings,
    answer: Mapping[str, Any] | None,
    steps: int,
    mode: str,
    width: int,
    charset: Charset = UNICODE,
) -> list[Row]:
    """Layer by layer what enters the ReLU, the net without BN on the left; in words until the numbers are there."""
    head = f"{settings['depth']} layers, weights {settings['gain']:g} times He's, after {steps} training steps"
    if answer is None:
        return _awaited(head, width, charset)
    place = answer["steps"].index(steps)
    without, normalised = answer["views"]["without"][place], answer["views"][mode][place]
    name = "training" if mode == "train" else "evaluation"
    numbers = [[], *([(f"{number:>2}", FAINT)] for number in range(1, len(without) + 1)), []]
    rows = headed(head, f"; {answer['images']} held-out digits", width)
    for values in (_WIDE, _NARROW):
        left = beside(numbers, _column("without BN", without, SERIES[1], values, charset), 1)
        right = _column(f"BN, {name}", normalised, SERIES[0], values, charset)
        room = width - cells(left[0]) - cells(right[0])
        if room >= 1:
            rows += beside(left, right, min(room, 2))
            break
    else:
        rows += [*left, *beside(numbers, right, 1)]
    rows += wrap(charset.translate(_meaning(steps, mode)), width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _awaited(head: str, width: int, charset: Charset) -> list[Row]:
    told = (
        "A histogram for every layer of what enters its ReLU, from -4 to 4, with mean and standard deviation beside "
        "it: on the left without batch normalisation, on the right with it."
    )
    rows: list[Row] = [[(head, STRONG)], [], *wrap(told, width)]
    rows += [[], [(f"computing {charset.cut}", FAINT)]]
    return [fit(row, width, charset.cut) for row in rows]


def _column(title: str, layers: Sequence[Layer], style: str, values: Mapping[str, int], charset: Charset) -> list[Row]:
    """A title, a row for each layer, and the scale."""
    rows: list[Row] = [[(f"{title:18}", ACCENT), ("".join(value.rjust(size) for value, size in values.items()), FAINT)]]
    for layer in layers:
        if layer["shares"] is None:
            rows.append([("no numbers: it diverged", WARN)])
        else:
            bars = _bars(layer["shares"], charset)
            rows.append([(bars, style), *((_short(layer[value]).rjust(size), "") for value, size in values.items())])
    rows.append([(_SCALE, FAINT)])
    return [fit(row, max(map(cells, rows))) for row in rows]


def _bars(shares: Sequence[float], charset: Charset) -> str:
    """The highest bin of a layer fills the row; one that holds half a percent is still seen."""
    bars, top = (_BARS if charset.unicode else _ASCII_BARS), max(shares)
    levels = len(bars) - 1
    return "".join(bars[max(round(share / top * levels), share >= FEWEST)] for share in shares)


def _short(value: float) -> str:
    if abs(value) < 5e-4:
        return "0"
    if abs(value) < 0.1:
        return f"{value:.2g}"
    if abs(value) < 1000:
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    return f"{value:.1e}"


def _meaning(steps: int, mode: str) -> str:
    if mode == "train":
        return "Training mode: BN divides by the standard deviation of this very batch, whatever the weights are."
    left = 0.9**steps
    if steps == 0:
        return "Evaluation mode before training: running mean 0, running variance 1, so nothing is taken out."
    return f"Evaluation mode: of the running values {left:.0%} are still the 0 and 1 that they started from."
