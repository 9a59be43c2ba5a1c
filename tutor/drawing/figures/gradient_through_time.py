"""The figure of the lesson on vanishing gradients: what of a loss at the last step arrives at each earlier one."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import FAINT, SERIES, STRONG, Row, fit, headed, wrap

CURVE_HEIGHT = 10
BOUND = "RNN's bound"
NORMS = {"c": "|dL/dc_t|", "joint": "|dL/d(h_t,c_t)|"}  # of an LSTM

Settings = Mapping[str, Any]
Curve = Sequence[float | None]


def draw_gradient_through_time(
    settings: Settings,
    answer: Mapping[str, Any] | None,
    shown: str,
    width: int,
    charset: Charset = UNICODE,
) -> list[Row]:
    """The curves on a log scale and a line of numbers for each net; in words until the numbers are there."""
    trained = f"{settings['trained']} training steps" if settings["trained"] else "untrained"
    head = f"T = {settings['steps']}, {trained}, RNN's U {settings['recurrent']}, seed {settings['seed']}"
    if answer is None:
        return _awaited(head, settings, width, charset)
    curves = _curves(answer, shown)
    rows = headed(head, "", width)
    lines = [_line(name, curve, charset) for name, curve in curves.items()]
    rows += draw_curve_rows(lines, width, CURVE_HEIGHT + 1 - len(rows), charset, log=True)
    rows += wrap(f"step t; |dL/dh_t|, LSTM {NORMS[shown]}, relative to t = T; loss at T only", width, FAINT)
    rows.append([(f"  {'net':14}{'at t = 1':>10}{'a step':>9}{'loss':>9}{'f mean':>9}{'f top':>8}", FAINT)])
    rows += [_numbers(i, name, curve, answer, charset) for i, (name, curve) in enumerate(curves.items())]
    return [fit(row, width, charset.cut) for row in rows]


def _curves(answer: Mapping[str, Any], shown: str) -> dict[str, Curve]:
    curves = {name: arm["h"] if "h" in arm else arm[shown] for name, arm in answer["arms"].items()}
    return {**curves, BOUND: answer["bound"]}


def _awaited(head: str, settings: Settings, width: int, charset: Charset) -> list[Row]:
    rows: list[Row] = [[(head, STRONG)], []]
    told = (
        "Four nets of 32 units read the same sequences: RNN, LSTM with forget bias 0 and 1, GRU. You will see how much "
        "of a loss at the last step arrives at each step before it, and the bound on the RNN's curve."
    )
    rows += wrap(told, width)
    wait = "; they are trained first, which takes some seconds" if settings["trained"] else ""
    rows += [[], [(f"computing {charset.cut}{wait}", FAINT)]]
    return [fit(row, width, charset.cut) for row in rows]


def _line(name: str, curve: Curve, charset: Charset) -> Line:
    """From T back to 1, so that a line's mark stands where it has come to: at T they are all 1."""
    points = [(float(t), value) for t, value in enumerate(curve, 1) if value is not None]
    missing = [(t, "no number") for t, value in enumerate(curve, 1) if value is None]
    return Line(charset.translate(name), points[::-1], missing)


def _numbers(index: int, name: str, curve: Curve, answer: Mapping[str, Any], charset: Charset) -> Row:
    first = curve[0]
    mean = first ** (1 / (len(curve) - 1)) if first else None
    mark = (f"{mark_of(index, charset)} ", SERIES[index % len(SERIES)])
    numbers = f"{_short(first):>10}{'' if mean is None else f'{mean:.3f}':>9}"
    return [mark, (f"{name:14}{numbers}", ""), *_rest(name, answer)]


def _rest(name: str, answer: Mapping[str, Any]) -> Row:
    """A net's loss and forget gates; what the bound is made of, and what it is not."""
    if name == BOUND:
        return [(f"  sigma_max {answer['sigma_max']:.2f}, spectral radius {answer['spectral_radius']:.2f}", FAINT)]
    arm = answer["arms"][name]
    gates = f"{arm['forget']['mean']:>9.2f}{arm['forget']['top']:>8.2f}" if "forget" in arm else ""
    return [(f"{_short(arm['loss']):>9}{gates}", "")]


def _short(value: float | None) -> str:
    """Three digits, with a power of ten where it is far from 1."""
    return "nan" if value is None else f"{value:.3g}"
