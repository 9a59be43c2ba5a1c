"""Gate activations over time: one row a unit, one cell a character; below it how often each gate is shut or open."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.characters import draw_text, lines_of, shade_row
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale

_NAME = 6
NAMES = {
    "i": "input gate i", "f": "forget gate f", "g": "candidate g", "o": "output gate o", "c": "cell state c",
    "h": "hidden state h", "r": "reset gate r", "z": "update gate z", "n": "candidate n",
}  # fmt: skip
_FROM_MINUS_ONE = frozenset("gnh")


def draw_gates(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """The text as head, the units' shades, the scale, and the saturation of each gate."""
    room = max(width - _NAME, 10)
    values = [row[:room] for row in answer["values"]]
    scale = _scale(answer["gate"], values)
    order = "the most selective first" if answer["sorted"] else "in the order of the weights"
    layer = f", layer {answer['layer']} of {answer['layers']}" if answer["layers"] > 1 else ""
    head = f"{NAMES[answer['gate']]}{layer}: {len(values)} of {answer['hidden']} units, {order}"
    text = draw_text(answer["text"][:room], charset)
    rows: list[Row] = [*wrap(head, width, STRONG), [(" " * _NAME, ""), (text, STRONG)]]
    for unit, row in zip(answer["units"], values, strict=True):
        rows.append([(f"{unit:>{_NAME - 1}} ", FAINT), *shade_row(row, scale, charset)])
    rows += [[(" " * _NAME, ""), (text, STRONG)], draw_scale(scale, charset)]
    if len(answer["text"]) > room:
        rows += wrap(f"{len(answer['text']) - room} more characters lie beyond the edge; --csv has them.", width, FAINT)
    rows += [[], *draw_saturation(answer, width)]
    return [fit(row, width, charset.cut) for row in rows]


def draw_unit(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """Every gate and state of one unit under the text, a line of it after the other, and how often each is shut."""
    layer = f", layer {answer['layer']} of {answer['layers']}" if answer["layers"] > 1 else ""
    head = f"Unit {answer['unit']} of {answer['hidden']}{layer}: its gates and states, character by character"
    rows: list[Row] = wrap(head, width, STRONG)
    scales = {name: _scale(name, [values]) for name, values in answer["rows"].items()}
    for text, places in lines_of(answer["text"], range(len(answer["text"])), max(width - _NAME, 10)):
        rows.append([(" " * _NAME, ""), (draw_text(text, charset), STRONG)])
        for name, values in answer["rows"].items():
            shades = shade_row([values[int(place)] for place in places], scales[name], charset)
            rows.append([(f"{name:>{_NAME - 1}} ", FAINT), *shades])
    for scale in dict.fromkeys(scales.values()):
        of = " ".join(name for name, each in scales.items() if each == scale)
        rows.append([(f"{of:<{_NAME}} ", FAINT), *draw_scale(scale, charset)])
    rows += [[], *draw_saturation(answer, width)]
    return [fit(row, width, charset.cut) for row in rows]


def draw_saturation(answer: Mapping[str, Any], width: int) -> list[Row]:
    """A row for each gate: share of time below 0.1 and above 0.9, and of units that hardly ever leave either."""
    if not answer["saturation"]:
        return wrap("A vanilla net has no gates: its state is written anew at every step.", width, FAINT)
    if "unit" in answer:
        return _saturation_of_one(answer, width)
    head = f"{'':<14} {'shut':>6} {'open':>6} {'mean':>5} {'always shut':>11} {'always open':>11}"
    rows: list[Row] = [[(head, FAINT)]]
    for name, each in answer["saturation"].items():
        over_time = f" {each['shut']:>6.1%} {each['open']:>6.1%} {each['mean']:>5.2f}"
        rows.append([
            (f"{NAMES[name]:<14}", STRONG), (over_time, ""),
            (f" {each['always_shut']:>11.1%} {each['always_open']:>11.1%}", ""),
        ])  # fmt: skip
    words = (
        f"Shut: the share of all units and {answer['measured']:,} held-out characters below 0.1; open: above 0.9. "
        "Always: the share of units that are so nine times in ten."
    )
    return [*rows, *wrap(words, width, FAINT)]


def _saturation_of_one(answer: Mapping[str, Any], width: int) -> list[Row]:
    rows: list[Row] = [[(f"{'':<14} {'shut':>6} {'open':>6} {'mean':>5}", FAINT)]]
    for name, each in answer["saturation"].items():
        rows.append([
            (f"{NAMES[name]:<14}", STRONG), (f" {each['shut']:>6.1%} {each['open']:>6.1%} {each['mean']:>5.2f}", "")
        ])  # fmt: skip
    words = f"Shut: below 0.1, open: above 0.9, as shares of {answer['measured']:,} held-out characters."
    return [*rows, *wrap(words, width, FAINT)]


def _scale(gate: str, values: list[list[float]]) -> Scale:
    if gate == "c":
        largest = max((abs(value) for row in values for value in row), default=1.0) or 1.0
        return Scale(-largest, largest)
    return Scale(-1.0, 1.0) if gate in _FROM_MINUS_ONE else Scale(0.0, 1.0)
