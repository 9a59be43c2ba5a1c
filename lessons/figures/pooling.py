"""A pooling window that steps over a small map: who wins, the output so far, and the gradient's way back. No torch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Matrix = tuple[tuple[int, ...], ...]
Place = tuple[int, int]
Numbers = tuple[tuple[Fraction | int, ...], ...]

MAP: Matrix = (
    (-4, -2, 0, 3, 1, 0),
    (-3, -1, 2, 5, 5, 1),
    (0, 4, 6, 2, -2, 3),
    (1, 2, 3, -1, 0, 0),
    (5, 5, 1, 0, 0, 0),
    (-2, 1, 2, 0, 0, 7),
)
# Multiples of 36, so that the shares of 4, 6 or 9 pixels are whole numbers.
GRADIENT: Matrix = (
    (36, 72, -36),
    (72, 36, 36),
    (-72, 36, 108),
)


@dataclass(frozen=True)
class Pooling:
    """The window at output position (row, column); x is the map, moved to the right by `moved` columns.

        max:   y[i, j] = max over the pixels of window (i, j)          dx[the first maximum] += dy[i, j]
        mean:  y[i, j] = their sum / m[i, j]                           dx[each of them] += dy[i, j] / m[i, j]

    Symbols: window (i, j) holds the m[i, j] pixels x[i s + u - p, j s + v - p], u, v < k, that lie inside x; padding
    is no pixel. A moved map comes in again on the left.
    Shapes: image and dx (H, W), outputs and dy (H', W') with H' = floor((H + 2 p - k) / s) + 1.
    """

    image: Matrix = MAP
    dy: Matrix = GRADIENT
    kind: Literal["max", "mean"] = "max"
    size: int = 2
    stride: int = 2
    padding: int = 0
    row: int = 0
    column: int = 0
    moved: int = 0
    backward: bool = False  # whether the gradient is looked at, too

    def __post_init__(self) -> None:
        if self.padding * 2 > self.size:
            raise ValueError(f"with padding {self.padding} a window of {self.size} may hold no pixel at all")
        height, width = self.output_size
        if (len(self.dy), len(self.dy[0])) != (height, width):
            raise ValueError(f"the output is {height}x{width}, its gradient is {len(self.dy)}x{len(self.dy[0])}")
        if not (0 <= self.row < height and 0 <= self.column < width):
            raise ValueError(f"the output is {height}x{width}: it has no row {self.row}, column {self.column}")

    @property
    def x(self) -> Matrix:
        """The map as it lies now."""
        by = self.moved % len(self.image[0])
        return tuple(line[len(line) - by :] + line[: len(line) - by] for line in self.image)

    @property
    def output_size(self) -> Place:
        sides = (len(self.image), len(self.image[0]))
        height, width = ((side + 2 * self.padding - self.size) // self.stride + 1 for side in sides)
        return height, width

    @property
    def rows(self) -> range:
        """The rows of x inside the window."""
        return self._inside(self.row, len(self.image))

    @property
    def columns(self) -> range:
        """The columns of x inside the window."""
        return self._inside(self.column, len(self.image[0]))

    @property
    def pixels(self) -> tuple[Place, ...]:
        """The pixels of x inside the window, row by row; there are m[i, j] of them."""
        return tuple((a, b) for a in self.rows for b in self.columns)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(self.x[a][b] for a, b in self.pixels)

    @property
    def winner(self) -> Place | None:
        """The first of the largest pixels, row by row; the mean has none."""
        return self.pixels[self.values.index(max(self.values))] if self.kind == "max" else None

    @property
    def value(self) -> Fraction | int:
        """What the window gives."""
        return max(self.values) if self.kind == "max" else Fraction(sum(self.values), len(self.values))

    @property
    def output(self) -> Numbers:
        """What every window gives."""
        width = self.output_size[1]
        values = [stop.value for stop in self.stops()]
        return tuple(tuple(values[start : start + width]) for start in range(0, len(values), width))

    @property
    def output_so_far(self) -> tuple[tuple[Fraction | int | None, ...], ...]:
        """The outputs up to where the window stands, row by row; None for those to come."""
        return tuple(
            tuple(value if (i, j) <= (self.row, self.column) else None for j, value in enumerate(line))
            for i, line in enumerate(self.output)
        )

    @property
    def dx(self) -> Numbers:
        """The gradient that all windows send back."""
        height, width = self.output_size
        return replace(self, row=height - 1, column=width - 1).dx_so_far

    @property
    def dx_so_far(self) -> Numbers:
        """What the windows up to this one have sent back to each pixel."""
        totals = [[Fraction(0)] * len(self.image[0]) for _ in self.image]
        for stop in self.stops():
            if (stop.row, stop.column) <= (self.row, self.column):
                for (a, b), share in stop.shares.items():
                    totals[a][b] += share
        return tuple(tuple(line) for line in totals)

    @property
    def shares(self) -> dict[Place, Fraction]:
        """What this window's gradient gives to whom: all of it to the winner, or equal shares."""
        gradient = self.dy[self.row][self.column]
        if self.winner:
            return {self.winner: Fraction(gradient)}
        return {place: Fraction(gradient, len(self.pixels)) for place in self.pixels}

    @property
    def kept(self) -> int:
        """How many outputs are what they were before the map was moved."""
        before, now = replace(self, moved=0).output, self.output
        return sum(a == b for lines in zip(before, now, strict=True) for a, b in zip(*lines, strict=True))

    @property
    def moved_along(self) -> int | None:
        """How many outputs are those that stood moved / s columns further left; None where s does not divide moved."""
        if self.moved % self.stride:
            return None
        before, now, by = replace(self, moved=0).output, self.output, self.moved // self.stride
        return sum(
            line[j] == old[(j - by) % len(old)] for old, line in zip(before, now, strict=True) for j in range(len(old))
        )

    def stops(self) -> Iterator["Pooling"]:
        """The window at each of its positions, row by row."""
        height, width = self.output_size
        for place in range(height * width):
            yield replace(self, row=place // width, column=place % width)

    def _inside(self, place: int, side: int) -> range:
        start = place * self.stride - self.padding
        return range(max(start, 0), min(start + self.size, side))
