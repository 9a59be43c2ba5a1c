"""How alike two places are to the net: a map of all pairs, its own beside the waves', and the mean by distance."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.attention import block_words, shrunk
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
    side = _side((width - _GAP) // 2, charset)
    block = block_words(answer["waves"]["cosines"], side, side).replace("weights", "pairs")
    rows += _side_by_side(pictures, scale, side, charset)
    rows += [[*draw_scale(scale, charset), (block, FAINT)], [], *_by_distance(pictures, width), []]
    if answer["positions"] == "sinusoidal":
        rows += wrap("To see them beside a trained table, train one and show that run:", width, FAINT)
        rows += wrap("phase3-tutor train transformer --ablate learned-positions", width, FAINT)
    if answer["own"] is None:
        rows += wrap("This run has no positions: to it every place is alike.", width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _side(room: int, charset: Charset) -> int:
    """Rows and columns of a map: with two cells a sign only half as many."""
    return min(room // 2, _SIDE // 2) if charset.shading == "glyphs" else min(room, _SIDE)


def _side_by_side(pictures: Mapping[str, Any], scale: Scale, side: int, charset: Charset) -> list[Row]:
    a_cell = 2 if charset.shading == "glyphs" else 1
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
