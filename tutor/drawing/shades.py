"""A number's place on a scale as a shade: eight palette colours from dark to bright, or a ramp of glyphs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.drawing.charset import Charset
from tutor.drawing.rows import BAD, FAINT, Row, merge

# Dark blue to pale yellow. Brightness alone carries the order, and each survives the step to 256 colours.
PALETTE = (17, 19, 24, 66, 109, 150, 192, 231)
RAMP = " .:-=+*#%@"
NO_NUMBER = "?"

Grid = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Scale:
    """What the darkest and the brightest shade stand for."""

    low: float
    high: float

    @classmethod
    def around(cls, grids: Iterable[Grid]) -> "Scale":
        """One scale for several pictures, to compare them by; it begins at 0 unless something is negative."""
        finite = [value for grid in grids for row in grid for value in row if math.isfinite(value)]
        return cls(min(0.0, *finite), max(finite)) if finite else cls(0.0, 1.0)

    def level(self, value: float, num_levels: int) -> int | None:
        """Which of `num_levels` equal steps a value falls into; None for what is no number."""
        if not math.isfinite(value):
            return None
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return min(max(int(share * num_levels), 0), num_levels - 1)


def draw_shades(grid: Grid, scale: Scale, charset: Charset) -> list[Row]:
    """A picture: in colour two values a cell, one above the other; in glyphs two cells a value."""
    if charset.shading == "glyphs":
        return [merge([_glyph(value, scale) for value in row]) for row in grid]
    pairs = [(grid[i], grid[i + 1] if i + 1 < len(grid) else ()) for i in range(0, len(grid), 2)]
    return [merge([_half_blocks(top, bottom, i, scale) for i, top in enumerate(row)]) for row, bottom in pairs]


def draw_scale(scale: Scale, charset: Charset, unit: str = "") -> Row:
    """The scale itself: its ends in numbers, and every shade between them."""
    if charset.shading == "glyphs":
        shades: Row = [(RAMP, "")]
    else:
        shades = [("  ", f"on color({colour})") for colour in PALETTE]
    return [(f"{scale.low:.3g} ", FAINT), *shades, (f" {scale.high:.3g}{unit}", FAINT)]


def resize(grid: Grid, size: int) -> tuple[list[list[float]], int]:
    """The grid made to fit `size`: repeated values, or means of blocks, whose side is returned beside it."""
    longest = max(len(grid), max((len(row) for row in grid), default=0), 1)
    block = math.ceil(longest / size)
    if block > 1:
        return _averaged(grid, block), block
    times = max(size // longest, 1)
    return [[value for value in row for _ in range(times)] for row in grid for _ in range(times)], 1


def numbers(grid: Sequence[Sequence[float | None]]) -> Grid:
    """A grid from JSON, which has no word for what is no number: null is read as NaN."""
    return [[math.nan if value is None else value for value in row] for row in grid]


def _averaged(grid: Grid, block: int) -> list[list[float]]:
    rows, columns = len(grid), len(grid[0])
    return [
        [_mean([v for line in grid[i : i + block] for v in line[j : j + block]]) for j in range(0, columns, block)]
        for i in range(0, rows, block)
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _glyph(value: float, scale: Scale) -> tuple[str, str]:
    level = scale.level(value, len(RAMP))
    return (NO_NUMBER * 2, BAD) if level is None else (RAMP[level] * 2, "")


def _half_blocks(top: float, bottom: Sequence[float], column: int, scale: Scale) -> tuple[str, str]:
    upper = scale.level(top, len(PALETTE))
    if not bottom:
        return (NO_NUMBER, BAD) if upper is None else ("▀", f"color({PALETTE[upper]})")
    lower = scale.level(bottom[column], len(PALETTE))
    if upper is None or lower is None:
        return (NO_NUMBER, BAD)
    return ("▀", f"color({PALETTE[upper]}) on color({PALETTE[lower]})")
