"""A kernel that walks over a small image: products, their sum, and the output so far. Never loads torch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

Matrix = tuple[tuple[int, ...], ...]

SQUARE: Matrix = (
    (0, 0, 0, 0, 0, 0),
    (0, 1, 0, 0, 0, 0),
    (0, 0, 3, 3, 3, 0),
    (0, 0, 3, 4, 3, 0),
    (0, 0, 3, 3, 3, 0),
    (0, 0, 0, 0, 0, 0),
)
UPPER_LEFT_CORNER: Matrix = (
    (-1, -1, 0),
    (-1, 1, 1),
    (0, 1, 1),
)


@dataclass(frozen=True)
class KernelWalk:
    """The kernel at output position (row, column), laid on as it is or turned by 180 degrees.

        cross-correlation:  output[i, j] = sum over u, v of kernel[u, v] image[i + u, j + v]
        convolution:        output[i, j] = sum over u, v of kernel[kh-1-u, kw-1-v] image[i + u, j + v]

    Shapes: image (H, W), kernel (kh, kw), output (H - kh + 1, W - kw + 1); no padding, stride 1.
    """

    image: Matrix = SQUARE
    kernel: Matrix = UPPER_LEFT_CORNER
    row: int = 0
    column: int = 0
    flipped: bool = False

    def __post_init__(self) -> None:
        height, width = self.output_size
        if not (0 <= self.row < height and 0 <= self.column < width):
            raise ValueError(f"the output is {height}x{width}: it has no row {self.row}, column {self.column}")

    @property
    def output_size(self) -> tuple[int, int]:
        return (len(self.image) - len(self.kernel) + 1, len(self.image[0]) - len(self.kernel[0]) + 1)

    @property
    def effective_kernel(self) -> Matrix:
        """The kernel as it lies on the image."""
        return tuple(line[::-1] for line in self.kernel[::-1]) if self.flipped else self.kernel

    @property
    def window(self) -> Matrix:
        """What the kernel lies on."""
        kh, kw = len(self.kernel), len(self.kernel[0])
        rows = self.image[self.row : self.row + kh]
        return tuple(line[self.column : self.column + kw] for line in rows)

    @property
    def products(self) -> Matrix:
        pairs = zip(self.effective_kernel, self.window, strict=True)
        return tuple(tuple(w * x for w, x in zip(*lines, strict=True)) for lines in pairs)

    @property
    def sum(self) -> int:
        return sum(sum(line) for line in self.products)

    @property
    def output(self) -> Matrix:
        """Every position's sum."""
        height, width = self.output_size
        sums = [stop.sum for stop in self.stops()]
        return tuple(tuple(sums[i * width : (i + 1) * width]) for i in range(height))

    @property
    def output_so_far(self) -> tuple[tuple[int | None, ...], ...]:
        """The sums up to where the kernel stands, row by row; None for those to come."""
        return tuple(
            tuple(value if (i, j) <= (self.row, self.column) else None for j, value in enumerate(line))
            for i, line in enumerate(self.output)
        )

    def stops(self) -> Iterator["KernelWalk"]:
        """The walk at each of its positions, row by row."""
        height, width = self.output_size
        for place in range(height * width):
            yield replace(self, row=place // width, column=place % width)
