"""A line over columns as dots in terminal cells: eight to a cell in braille, one in ASCII.

plotext can do this too, but spends 4 us on each dot, and a noisy loss on a log scale fills 20,000 of them.
It is given the finished cells instead, one sign each: the time hardly depends on how noisy the run is.
"""

from collections.abc import Iterator, Sequence
from functools import cache

_BRAILLE_BLANK = 0x2800
_BRAILLE_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # [row from the top][column]

Extent = tuple[float, float]  # the lowest and the highest value of one column
Cell = tuple[int, int]  # column and row, counted from the upper left


def reduce_to_columns(
    points: Sequence[tuple[float, float]], columns: int, first: float, last: float
) -> dict[int, Extent]:
    """The smallest and the largest value of every column that has one: a spike of one step stays visible."""
    scale = (columns - 1) / ((last - first) or 1.0)
    extents: dict[int, Extent] = {}
    for step, value in points:
        column = int((step - first) * scale + 0.5)
        low, high = extents.get(column, (value, value))
        extents[column] = (min(low, value), max(high, value))
    return extents


def rasterise(
    points: Sequence[tuple[float, float]],
    width: int,
    height: int,
    x_limits: tuple[float, float],
    y_limits: tuple[float, float],
    dots: tuple[int, int],
) -> dict[Cell, int]:
    """The cells that a line touches, their dots as bits; `dots` is (2, 4) for braille, (1, 1) for ASCII."""
    across, down = dots
    extents = reduce_to_columns(points, width * across, *x_limits)
    scale = (height * down - 1) / (y_limits[1] - y_limits[0])
    as_rows = {
        column: (round((y_limits[1] - high) * scale), round((y_limits[1] - low) * scale))
        for column, (low, high) in extents.items()
    }
    cells: dict[Cell, int] = {}
    for column, top, bottom in _joined(as_rows):
        top, bottom = max(top, 0), min(bottom, height * down - 1)
        for row in range(top // down, bottom // down + 1):
            cell = column // across, row
            filled = _filled(column % across, max(top - row * down, 0), min(bottom - row * down, down - 1))
            cells[cell] = cells.get(cell, 0) | filled
    return cells


def _joined(extents: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Every column with the rows it fills, columns without a value bridged, so that the line has no holes."""
    previous: tuple[int, int, int] | None = None
    for column in sorted(extents):
        top, bottom = extents[column]
        if previous is not None:
            yield from _bridge(previous, (column, top, bottom))
        yield column, top, bottom
        previous = column, top, bottom


def _bridge(left: tuple[int, int, int], right: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """A straight line from the nearer end of one column to the nearer end of another, both ends left out."""
    (x0, top0, bottom0), (x1, top1, bottom1) = left, right
    if top1 > bottom0:
        y0, y1 = bottom0, top1
    elif bottom1 < top0:
        y0, y1 = top0, bottom1
    else:
        y0 = y1 = (max(top0, top1) + min(bottom0, bottom1)) // 2
    middle = (y0 + y1) // 2
    if x1 - x0 == 1:
        yield x0, min(y0, middle), max(y0, middle)
        yield x1, min(middle, y1), max(middle, y1)
    for x in range(x0 + 1, x1):
        a, b = (y0 + (y1 - y0) * (x - x0 + shift) / (x1 - x0) for shift in (-0.5, 0.5))
        yield x, round(min(a, b)), round(max(a, b))


@cache
def _filled(across: int, top: int, bottom: int) -> int:
    """The bits of one column of a cell between two rows, both included."""
    return sum(_BRAILLE_BITS[row][across] for row in range(top, bottom + 1))


def braille(bits: int) -> str:
    """The braille character with these dots."""
    return chr(_BRAILLE_BLANK + bits)
