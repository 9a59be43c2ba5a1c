"""How alike two places are to the net: a map of all pairs, its own beside the waves', and the mean by distance."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.attention import shrunk
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale, draw_shades

_SIDE, _GAP, _DISTANCES = 32, 4, (0, 1, 2, 3, 4, 6, 8, 16, 24)
_NAMES = {"learned": "the trained table", "sinusoidal": "your waves"}


def draw_positions(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """Cosines of the vectors of every two places, and their mean by how far apart they are."""
    pictures = {_NAMES[answer["positions"]]: answer["own"]} if answer["own"] else {}
    if answer["positions"] != "sinusoidal":
        pictures["sines and cosines"] = answer["waves"]
    head = f"Cosine of the vectors of two places, the first {answer['places']}: row and column are places"
    rows: list[Row] = wrap(head, width, STRONG)
    scale = Scale.around(each["cosines"] for each in pictures.values())
    rows += _side_by_side(pictures, scale, (width - _GAP) // 2, charset)
    rows += [draw_scale(scale, charset), [], *_by_distance(pictures, width), []]
    if answer["positions"] == "sinusoidal":
        words = "Beside a table that was trained: train one, --ablate learned-positions, and look at that run."
        rows += wrap(words, width, FAINT)
    if answer["own"] is None:
        rows += wrap("This run has no positions: to it every place is alike.", width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _side_by_side(pictures: Mapping[str, Any], scale: Scale, room: int, charset: Charset) -> list[Row]:
    a_cell = 2 if charset.shading == "glyphs" else 1
    side = min(room // a_cell, _SIDE if a_cell == 1 else _SIDE // 2)
    drawn = []
    for name, each in pictures.items():
        title: Row = [(name, FAINT)]
        drawn.append([title, *draw_shades(shrunk(each["cosines"], side, side), scale, charset)])
    return [
        [span for part in line for span in (*fit(part, side * a_cell, ""), (" " * _GAP, ""))]
        for line in zip(*drawn, strict=True)
    ]


def _by_distance(pictures: Mapping[str, Any], width: int) -> list[Row]:
    if not pictures:
        return []
    shown = [k for k in _DISTANCES if all(k < len(each["by_distance"]) for each in pictures.values())]
    room = max(map(len, pictures))
    rows: list[Row] = [[(f"{'apart':<{room}}", FAINT), *((f"{k:>6}", FAINT) for k in shown)]]
    rows += [_numbers(name, [each["by_distance"][k] for k in shown], room) for name, each in pictures.items()]
    return [fit(row, width, "") for row in rows]


def _numbers(name: str, values: Sequence[float], room: int) -> Row:
    return [(f"{name:<{room}}", ""), *((f"{value:>6.2f}", STRONG) for value in values)]
