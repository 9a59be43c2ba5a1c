"""The figure of the lesson on cost: time of attention and of an LSTM against the length, beside Table 1."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.figures.power_law import crossing, exponent
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, WARN, Row, fit, wrap

HEIGHT, CURVE, SMALLEST_CURVE, WIDE = 18, 7, 5, 70
_LABEL, _CELL = 17, 7
_SHORT = "short"

Answer = Mapping[str, Any]
Points = Mapping[int, Mapping[str, float]]


def draw_cost_curves(
    settings: Mapping[str, Any], answers: Sequence[Answer | None], shown: str, width: int, charset: Charset = UNICODE
) -> list[Row]:
    """Ratios of time, or bytes, as curves; both costs for each length with their ratio; exponents and the crossing.

    `answers` are those for the short and for the long sentences, None where one is still measured; `shown` is "time"
    or "memory".
    """
    known = [answer for answer in answers if answer is not None]
    if not known:
        return [fit(row, width, charset.cut) for row in _awaited(settings, width, charset)]
    points = {int(n): each for answer in known for n, each in answer["points"].items()}
    d = settings["width"]
    rows = _title(known[0], settings, shown, width, charset)
    below = [*_table(points, d, shown, width), *_in_words(points, d, shown, width, len(known) < len(answers))]
    room = max(HEIGHT - len(rows) - len(below), SMALLEST_CURVE)
    rows += draw_curve_rows(_lines(points, d, shown), width, min(room, CURVE), charset, log=True)
    return [fit(row, width, charset.cut) for row in [*rows, *below]]


def _title(answer: Answer, settings: Mapping[str, Any], shown: str, width: int, charset: Charset) -> list[Row]:
    whose = "Your attention" if answer["whose"] == "yours" else "The reference's attention"
    heads = f"{settings['heads']} head{'s' if settings['heads'] > 1 else ''}"
    what = "milliseconds, forward" if shown == "time" else "MB kept for the gradient"
    rows: list[Row] = [[(whose, STRONG), (f", d = {settings['width']}, {heads}: {what}", "")]]
    if answer["whose"] != "yours" and answer["reason"]:
        reason = charset.translate(printable_line(answer["reason"].split("\n")[0]))
        rows += wrap(reason, width, WARN)[:1]
    return rows


def _key(name: str, shown: str) -> str:
    return name if shown == "time" else f"{name}_bytes"


def _costs(points: Points, name: str, shown: str) -> dict[int, float]:
    return {n: each[_key(name, shown)] for n, each in sorted(points.items())}


def _lines(points: Points, d: int, shown: str) -> list[Line]:
    """Of time the ratio to the LSTM, measured and counted, with the level where both are equal; of memory both."""
    layer, lstm = _costs(points, "layer", shown), _costs(points, "lstm", shown)
    if shown == "memory":
        return [
            Line(label, [(n, cost * 1e-6) for n, cost in costs.items()])
            for label, costs in (("attention", layer), ("LSTM", lstm))
        ]
    return [
        Line("equal", [(n, 1.0) for n in layer]),
        Line("Table 1", [(n, n / d) for n in layer]),
        Line("in full", [(n, full_ratio(n, d)) for n in layer]),
        Line("attention / LSTM, measured", [(n, layer[n] / lstm[n]) for n in layer]),
    ]


def _table(points: Points, d: int, shown: str, width: int) -> list[Row]:
    lengths = sorted(points)
    if width < WIDE:
        lengths = lengths[1::2]
    unit, form = (1e3, "{:.2f}") if shown == "time" else (1e-6, "{:.2f}")
    attention, lstm = _costs(points, "layer", shown), _costs(points, "lstm", shown)
    rows = [
        ("n", [f"{n}" for n in lengths], STRONG),
        ("attention", [form.format(attention[n] * unit) for n in lengths], ""),
        ("LSTM", [form.format(lstm[n] * unit) for n in lengths], ""),
        ("attention / LSTM", [f"{attention[n] / lstm[n]:.2f}" for n in lengths], STRONG),
    ]
    if shown == "time":
        rows += [
            ("counted in full", [f"{full_ratio(n, d):.2f}" for n in lengths], FAINT),
            ("by Table 1", [f"{n / d:.2f}" for n in lengths], FAINT),
        ]
    return [[(label.ljust(_LABEL) + "".join(cell.rjust(_CELL) for cell in row), style)] for label, row, style in rows]


def full_ratio(n: int, d: int) -> float:
    """Multiply-adds of an attention layer over those of an LSTM: (2 n^2 d + 4 n d^2) / (8 n d^2)."""
    return (2 * n * n * d + 4 * n * d * d) / (8 * n * d * d)


def _in_words(points: Points, d: int, shown: str, width: int, is_partial: bool) -> list[Row]:
    if is_partial:
        return [[("longer sentences are being measured ...", FAINT)]]
    layer, lstm = _costs(points, "layer", shown), _costs(points, "lstm", shown)
    grows = f"layer n^{_two(exponent(layer, 4 * d))}, LSTM n^{_two(exponent(lstm, 4 * d))}"
    if shown == "time":
        grows = f"QK^T and AV n^{_two(exponent(_costs(points, 'products', shown), 4 * d))}, {grows}"
    met = crossing(layer, lstm)
    where = f"at n = {met:.0f}" if met else "not seen"
    text = f"From n = {4 * d}: {grows}. Crossing {where}"
    text += f" (full count 2d = {2 * d}, Table 1 d = {d})." if shown == "time" else "."
    return wrap(text, width) + wrap("In a row: 1 step against n; path between two tokens: 1 against n.", width, FAINT)


def _two(value: float | None) -> str:
    return "?" if value is None else f"{value:.2f}"


def _awaited(settings: Mapping[str, Any], width: int, charset: Charset) -> list[Row]:
    told = (
        f"Self-attention of width {settings['width']} and an LSTM as wide, timed now for sentences of 32 to 1,024 "
        "tokens: your own modules, if they give what they should. You will see how each cost grows, where they cross, "
        "and what Table 1 and the full counts say of it."
    )
    return [
        [("What a sentence of n tokens costs", STRONG)],
        [],
        *wrap(told, width),
        [],
        [(f"computing {charset.cut} a few seconds, short sentences first", FAINT)],
    ]
