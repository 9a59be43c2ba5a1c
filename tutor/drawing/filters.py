"""The kernels of the first layer: every weight a square, all on one scale that is symmetric about 0."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.feature_maps import GAP, side_by_side
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, Row, cells, fit, spread
from tutor.drawing.shades import Grid, Scale, draw_scale, draw_shades, numbers, resize

_BETWEEN_CHANNELS = 1
_COLOURS = ("red", "green", "blue")


def draw_filters(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """One picture a kernel; where the image has colours, the kernel's table for each stands beside the others."""
    kernels = [[numbers(table) for table in kernel] for kernel in answer["values"]]
    limit = answer["largest"] or 1.0
    scale = Scale(-limit, limit)
    pictures = [_kernel(number, tables, scale, charset) for number, tables in enumerate(kernels)]
    each = cells(pictures[0][-1])
    across = max((width + GAP) // (each + GAP), 1)
    rows = [_heading(answer, width, charset), []]
    for start in range(0, len(pictures), across):
        rows += [*side_by_side(pictures[start : start + across]), []]
    colours = f"   {', '.join(_COLOURS)} side by side" if len(kernels[0]) == len(_COLOURS) else ""
    rows.append([("scale ", FAINT), *draw_scale(scale, charset), (colours, FAINT)])
    return [fit(row, width, charset.cut) for row in rows]


def _heading(answer: Mapping[str, Any], width: int, charset: Charset) -> Row:
    count, channels, height, across = answer["shape"]
    left: Row = [("First layer ", STRONG), (printable_line(answer["layer"]), FAINT)]
    return spread(left, [(f"{count} kernels of {channels} x {height} x {across}", FAINT)], width, charset.cut)


def _kernel(number: int, tables: Sequence[Grid], scale: Scale, charset: Charset) -> list[Row]:
    side = 3 * len(tables[0]) if charset.shading == "colour" else len(tables[0])
    parts = [draw_shades(_enlarged(table, side), scale, charset) for table in tables]
    rows: list[Row] = []
    for lines in zip(*parts, strict=True):
        row: Row = []
        for line in lines:
            row += [*([(" " * _BETWEEN_CHANNELS, "")] if row else []), *line]
        rows.append(row)
    return [fit([(str(number), FAINT)], cells(rows[0]), charset.cut), *rows]


def _enlarged(table: Grid, side: int) -> Grid:
    """Squares of equal size: half blocks draw two rows in one, so a weight is three wide and three high."""
    return resize(table, side)[0]
