"""Where heads look: all of them as small maps, one enlarged with its tokens, and one row of it in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, cells, fit, wrap
from tutor.drawing.shades import PALETTE, RAMP, Grid, Scale, draw_scale, draw_shades

KINDS = {
    "encoder": "the source looks at itself",
    "decoder": "the translation looks back at itself",
    "cross": "the translation looks at the source",
}
MEAN = -1  # in the place of a head: the mean of a layer's heads
_WEIGHTS = Scale(0.0, 1.0)
_NUMBER, _WIDEST = 4, 10  # cells of a weight in hundredths, and the most that a long name gets
_TITLE = 15  # cells of "layer 0 head 12"; where there are fewer a map is called 0.12
_LABEL, _GAP, _MOST_NAMED, _NUMBERED, _PAIRED, _DIGITS = 8, 2, 5, 16, 32, 4
_DARK = 4  # shades from here on are bright: numbers on them are written in black


@dataclass(frozen=True)
class Place:
    """What is looked at: a kind, a layer, a head of it or MEAN, one row, and how many rows are written so far."""

    kind: str = "cross"
    layer: int = 0
    head: int = 0
    row: int = 0
    written: int | None = None  # None: all of them


def row_names(answer: Mapping[str, Any], kind: str) -> Sequence[str]:
    """The token of each row: a source token, the decoder's last token, or the token that is being written."""
    return answer[{"encoder": "source", "decoder": "told", "cross": "said"}[kind]]


def column_names(answer: Mapping[str, Any], kind: str) -> Sequence[str]:
    """The token of each column: what can be looked at."""
    return answer["told" if kind == "decoder" else "source"]


def grid_of(answer: Mapping[str, Any], place: Place) -> Grid:
    """The weights of one head, or the mean of its layer's heads: a row a query, a column a key."""
    heads = answer["weights"][place.kind][place.layer]
    if place.head != MEAN:
        return heads[place.head]
    return [[sum(values) / len(heads) for values in zip(*rows, strict=True)] for rows in zip(*heads, strict=True)]


def draw_maps(
    answer: Mapping[str, Any], place: Place, width: int, height: int, charset: Charset = UNICODE
) -> list[Row]:
    """Every layer (downwards) and head (across) of one kind as a small map; the largest weight of a block counts."""
    layers = answer["weights"][place.kind]
    heads = len(layers[0])
    a_cell = 2 if charset.shading == "glyphs" else 1
    columns = max((width - _GAP * (heads - 1)) // heads // a_cell, 2)
    lines = max((height - 2) // len(layers) - 2, 2)  # of the screen; a line of colour holds two values
    rows: list[Row] = [_kind_row(place.kind, width, charset)]
    lines_a_map = lines * (2 if a_cell == 1 else 1)
    for layer in range(len(layers)):
        pictures = []
        for head in range(heads):
            grid = _hidden(grid_of(answer, Place(place.kind, layer, head)), place.written)
            small = shrunk(grid, lines_a_map, columns)
            is_chosen = (layer, head) == (place.layer, place.head)
            title: Row = [
                (
                    f"layer {layer} head {head}" if columns * a_cell >= _TITLE else f"{layer}.{head}",
                    f"{STRONG} {ACCENT}" if is_chosen else FAINT,
                )
            ]
            pictures.append([title, *draw_shades(small, _WEIGHTS, charset)])
        rows += [_side_by_side(line, columns * a_cell) for line in zip(*pictures, strict=True)]
        rows.append([])
    legend = [*draw_scale(_WEIGHTS, charset), (block_words(layers[0][0], lines_a_map, columns), FAINT)]
    return [fit(row, width, charset.cut) for row in [*rows, legend]]


def draw_head(answer: Mapping[str, Any], place: Place, width: int, charset: Charset = UNICODE) -> list[Row]:
    """One head with its tokens: two digits a cell where there is room for them, else shades alone.

    A weight of 0 by a mask is left empty; rows that are not written yet are too.
    """
    names, columns = row_names(answer, place.kind), column_names(answer, place.kind)
    cell = _cell_width(columns, width - _LABEL - 2)
    shown = min(len(columns), (width - _LABEL - 2) // cell)
    rows: list[Row] = [_kind_row(place.kind, width, charset), *_heading(columns[:shown], cell, charset)]
    for number, line in enumerate(grid_of(answer, place)):
        if place.written is not None and number >= place.written:
            rows.append([])
            continue
        is_chosen = number == place.row
        mark = charset.pointer if is_chosen else " "
        label: Row = [(f"{mark}{_cut(names[number], _LABEL - 1, charset):<{_LABEL}} ", STRONG if is_chosen else "")]
        visible = number + 1 if place.kind == "decoder" else len(line)
        shades = [_cell(line[k], cell, charset) if k < visible else (" " * cell, "") for k in range(shown)]
        rows.append([*label, *shades])
    if shown < len(columns):
        rows += wrap(f"{len(columns) - shown} more columns lie beyond the edge; --csv has them.", width, FAINT)
    if cell < _DIGITS:
        rows.append(draw_scale(_WEIGHTS, charset))
    return [fit(row, width, charset.cut) for row in rows]


def draw_row(answer: Mapping[str, Any], place: Place, width: int, charset: Charset = UNICODE) -> list[Row]:
    """One row in words: what it looks at most, and by how much."""
    names, columns = row_names(answer, place.kind), column_names(answer, place.kind)
    line = grid_of(answer, place)[place.row]
    strongest = sorted(range(len(line)), key=lambda k: -line[k])[:_MOST_NAMED]
    seen = [f"{columns[k]} {line[k]:.2f}" for k in strongest if line[k] >= 0.01]
    who = {
        "encoder": f'"{names[place.row]}" looks at',
        "decoder": f'after "{names[place.row]}", to write "{answer["said"][place.row]}", it looks back at',
        "cross": f'to write "{names[place.row]}" it looks at',
    }[place.kind]
    return wrap(charset.translate(printable_line(f"{who}: {', '.join(seen)}")), width, STRONG)


def head_words(answer: Mapping[str, Any], place: Place) -> str:
    """ "layer 1 of 0-1, head 2 of 0-3": where one is."""
    layers = answer["weights"][place.kind]
    head = "mean of its heads" if place.head == MEAN else f"head {place.head} of 0-{len(layers[0]) - 1}"
    return f"{place.kind}, layer {place.layer} of 0-{len(layers) - 1}, {head}"


def shrunk(grid: Grid, rows: int, columns: int) -> list[list[float]]:
    """The grid in at most so many rows and columns: of each block the largest weight, so that no peak is lost."""
    high, wide = math.ceil(len(grid) / rows), math.ceil(len(grid[0]) / columns)
    return [
        [
            max(value for line in grid[i : i + high] for value in line[j : j + wide])
            for j in range(0, len(grid[0]), wide)
        ]
        for i in range(0, len(grid), high)
    ]


def block_words(grid: Grid, rows: int, columns: int) -> str:
    """What one cell of a small map stands for, where it is more than one weight."""
    high, wide = math.ceil(len(grid) / rows), math.ceil(len(grid[0]) / columns)
    return f"   a cell: the largest of {high} x {wide} weights" if high * wide > 1 else ""


def _kind_row(kind: str, width: int, charset: Charset) -> Row:
    return fit([(f"{kind} attention: {KINDS[kind]}", FAINT)], width, charset.cut)


def _hidden(grid: Grid, written: int | None) -> Grid:
    if written is None:
        return grid
    return [line if number < written else [0.0] * len(line) for number, line in enumerate(grid)]


def _cell_width(names: Sequence[str], room: int) -> int:
    """4 cells for two digits, more where the names are longer and there is room; 2 for a shade alone, or 1."""
    columns = len(names)
    if columns <= _NUMBERED and columns * _NUMBER <= room:
        return min(max(_NUMBER, *(len(name) + 1 for name in names)), room // columns, _WIDEST)
    return 2 if columns <= _PAIRED and columns * 2 <= room else 1


def _heading(names: Sequence[str], cell: int, charset: Charset) -> list[Row]:
    """The columns' tokens: in one line where three letters fit, else downwards."""
    if cell >= _NUMBER:
        head = "".join(f"{_cut(name, cell - 1, charset):>{cell - 1}} " for name in names)
        return [[(" " * (_LABEL + 2), ""), (head, FAINT)]]
    deep = min(max(map(len, names), default=0), 4)
    lines = ["".join(f"{_letter(name, place, charset):<{cell}}" for name in names) for place in range(deep)]
    return [[(" " * (_LABEL + 2), ""), (line, FAINT)] for line in lines]


def _letter(name: str, place: int, charset: Charset) -> str:
    text = charset.translate(printable_line(name))
    return text[place] if place < len(text) else " "


def _cell(weight: float, cell: int, charset: Charset) -> tuple[str, str]:
    digits = _hundredths(weight) if cell >= _NUMBER else ""
    if charset.shading == "glyphs":
        level = _WEIGHTS.level(weight, len(RAMP)) or 0
        return (f"{digits:>{cell - 1}} " if digits else RAMP[level] * cell), ""
    level = _WEIGHTS.level(weight, len(PALETTE)) or 0
    ink = "black" if level >= _DARK else "white"
    return (f"{digits:>{cell - 1}} " if digits else " " * cell), f"{ink} on color({PALETTE[level]})"


def _hundredths(weight: float) -> str:
    """Two signs: 07 for 0.07, 1. for a whole one."""
    hundredths = round(weight * 100)
    return "1." if hundredths >= 100 else f"{hundredths:02d}"


def _side_by_side(line: Sequence[Row], size: int) -> Row:
    row: Row = []
    for number, part in enumerate(line):
        row += [*([(" " * _GAP, "")] if number else []), *fit(part, size, "")]
    return row


def _cut(name: str, size: int, charset: Charset) -> str:
    text = charset.translate(printable_line(name))
    return text if cells([(text, "")]) <= size else text[:size]
