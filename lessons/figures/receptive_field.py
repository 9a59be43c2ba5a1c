"""A stack of layers that is built up: the field of one output, and how its paths spread over it. Never loads torch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt

from models.receptive_field import Layer, receptive_field


@dataclass(frozen=True)
class Step:
    """One layer of the stack as seen along one axis; a convolution is padded by d (k - 1) / 2, a pooling not at all."""

    kind: str
    kernel_size: int
    stride: int = 1
    dilation: int = 1

    @property
    def reach(self) -> int:
        """From the first to the last entry of the window, counted in steps of the map below."""
        return self.dilation * (self.kernel_size - 1)

    @property
    def padding(self) -> int:
        return self.reach // 2 if self.kind == "conv" else 0

    @property
    def description(self) -> Layer:
        """The layer as `models.receptive_field` reads it, with one channel."""
        words = {"kind": self.kind, "kernel_size": self.kernel_size, "stride": self.stride, "padding": self.padding}
        return {**words, "dilation": self.dilation} | ({"out_channels": 1} if self.kind == "conv" else {})


CONV3 = Step("conv", 3)
POOL2 = Step("pool", 2, 2)


def resnet_convolutions(blocks: int) -> tuple[Step, ...]:
    """The 6 n + 1 convolutions of the paper's CIFAR net: a stem and three stages of n blocks of two."""
    stages = [[CONV3] * 2 * blocks for _ in range(3)]
    for stage in stages[1:]:
        stage[0] = replace(CONV3, stride=2)
    return (CONV3, *(step for stage in stages for step in stage))


@dataclass(frozen=True)
class Stack:
    """Layers one above the other, and one number of the topmost map.

        r' = r + d (k - 1) j,  j' = j s,  from r = j = 1                       (models.receptive_field)
        start' = start - p j: where the field of output 0 begins, from 0
        paths: the coefficients of  product over the layers of  sum over u of z^(u d j)

    Symbols: k kernel size, s stride, d dilation, p padding, j the jump below the layer. A pooling counts as one path
    for each of its pixels, as the mean does it. One axis; for an image the numbers of paths multiply.
    """

    steps: tuple[Step, ...] = (CONV3, CONV3)
    output: int | None = None  # which number of the topmost map; None is the one in the middle
    image_size: int = 32

    @property
    def rows(self) -> list[Layer]:
        """Shape, field and jump after each layer; ValueError where the image has no room for a window."""
        return _rows(self.steps, self.image_size)

    @property
    def field(self) -> int:
        return self.rows[-1]["field"] if self.steps else 1

    @property
    def jump(self) -> int:
        return self.rows[-1]["jump"] if self.steps else 1

    @property
    def size(self) -> int:
        """How many numbers the topmost map has along one axis."""
        return self.rows[-1]["shape"][1] if self.steps else self.image_size

    @property
    def place(self) -> int:
        return self.size // 2 if self.output is None else min(max(self.output, 0), self.size - 1)

    @property
    def start(self) -> int:
        """The first pixel of the field of this output; negative where it lies in the padding."""
        padding = sum(step.padding * jump for step, jump in zip(self.steps, self.jumps_below, strict=True))
        return self.place * self.jump - padding

    @property
    def jumps_below(self) -> list[int]:
        """The jump of the map that each layer reads."""
        return [1, *(row["jump"] for row in self.rows)][: len(self.steps)]

    @property
    def in_padding(self) -> int:
        """How many places of the field lie outside the image."""
        return self.field - len(range(max(self.start, 0), min(self.start + self.field, self.image_size)))

    @property
    def paths(self) -> tuple[int, ...]:
        """In how many ways each pixel of the field reaches the output."""
        return _paths(self.steps, tuple(self.jumps_below))

    @property
    def spread(self) -> float:
        """The standard deviation of the paths, in pixels: sqrt of the sum of (d j)^2 (k^2 - 1) / 12."""
        pairs = zip(self.steps, self.jumps_below, strict=True)
        return sqrt(sum((step.dilation * jump) ** 2 * (step.kernel_size**2 - 1) / 12 for step, jump in pairs))

    def width_of(self, share: float) -> int:
        """How many pixels in the middle of the field hold at least this share of all paths."""
        total, margin, outside = sum(self.paths), 0, 0
        while 2 * margin + 2 < self.field:
            outside += self.paths[margin] + self.paths[-1 - margin]
            if (total - outside) / total < share:
                break
            margin += 1
        return self.field - 2 * margin

    def seen_in(self, map_index: int) -> tuple[tuple[int, ...], int]:
        """Which numbers of a map the output sees, as the pixels where each one's own field has its middle.

        Map 0 is the image. The middles are counted in half pixels from the start of the field; beside them stands
        the jump of that map.
        """
        above = self.steps[map_index:]
        jumps = [1, *(row["jump"] for row in self.rows)]
        below = 1 if map_index == 0 else self.rows[map_index - 1]["field"]
        places = {0}
        for step, jump in zip(above, jumps[map_index:], strict=False):
            places = {place + u * step.dilation * jump for place in places for u in range(step.kernel_size)}
        return tuple(2 * place + below - 1 for place in sorted(places)), jumps[map_index]

    def with_steps(self, steps: Iterable[Step]) -> "Stack":
        """The same number of another stack; ValueError where the image has no room for it."""
        stack = replace(self, steps=tuple(steps), output=None)
        _ = stack.rows
        return stack


@cache
def _rows(steps: tuple[Step, ...], image_size: int) -> list[Layer]:
    return receptive_field([step.description for step in steps], 1, image_size, image_size)


@cache
def _paths(steps: tuple[Step, ...], jumps: tuple[int, ...]) -> tuple[int, ...]:
    counts = [1]
    for step, jump in zip(steps, jumps, strict=True):
        counts = _spread(counts, [u * step.dilation * jump for u in range(step.kernel_size)])
    return tuple(counts)


def _spread(counts: Sequence[int], shifts: Sequence[int]) -> list[int]:
    """The counts added up at each of the shifts: one more layer under those that were counted."""
    total = [0] * (len(counts) + max(shifts))
    for shift in shifts:
        for place, count in enumerate(counts):
            total[place + shift] += count
    return total
