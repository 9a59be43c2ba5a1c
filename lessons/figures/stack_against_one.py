"""Stacks of odd kernels that see the same field as one kernel, and what each of them costs. Never loads torch."""

from dataclasses import dataclass

from models.receptive_field import receptive_field

FIELDS = (3, 5, 7, 9, 11)


@dataclass(frozen=True)
class Stack:
    """Layers of C to C channels, stride 1, padded so that the map keeps its size, a ReLU after each, no biases.

    `fields` has the field after each layer; `kept` is how many numbers the layers put out for one image, which the
    backward pass needs again.
    """

    kernels: tuple[int, ...]
    fields: tuple[int, ...]
    parameters: int
    multiply_adds: int
    non_linearities: int
    kept: int


@dataclass(frozen=True)
class StackAgainstOne:
    """One kernel of field x field, and the stack of `layers` odd kernels that sees as much.

    field = 1 + sum over layers of (k - 1): L layers share the (field - 1) / 2 steps to each side
    """

    field: int = 7
    layers: int = 3
    channels: int = 64
    size: int = 32

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise ValueError(f"the field is one of {FIELDS}, not {self.field}")
        if not 1 <= self.layers <= self.most_layers:
            raise ValueError(f"a field of {self.field} takes 1 to {self.most_layers} odd kernels, not {self.layers}")

    @property
    def most_layers(self) -> int:
        """As many as there are layers of 3x3 in it."""
        return (self.field - 1) // 2

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """All that see this field, from one layer to nothing but 3x3."""
        return tuple(self._stack(layers) for layers in range(1, self.most_layers + 1))

    @property
    def one(self) -> Stack:
        return self._stack(1)

    @property
    def chosen(self) -> Stack:
        return self._stack(self.layers)

    def _stack(self, layers: int) -> Stack:
        kernels = kernels_of(self.field, layers)
        plan = []
        for kernel in kernels:
            conv = {"kind": "conv", "out_channels": self.channels, "kernel_size": kernel, "padding": kernel // 2}
            plan += [{**conv, "bias": False}, {"kind": "relu"}]
        rows = receptive_field(plan, self.channels, self.size, self.size)
        convolutions = rows[::2]
        return Stack(
            kernels=kernels,
            fields=tuple(row["field"] for row in convolutions),
            parameters=sum(row["parameters"] for row in rows),
            multiply_adds=sum(row["macs"] for row in rows),
            non_linearities=len(rows) - len(convolutions),
            kept=sum(channels * height * width for channels, height, width in (row["shape"] for row in convolutions)),
        )


def kernels_of(field: int, layers: int) -> tuple[int, ...]:
    """Odd kernels that together reach `field`, as equal as can be, the larger ones first."""
    steps, more = divmod((field - 1) // 2, layers)
    return tuple(1 + 2 * (steps + (place < more)) for place in range(layers))
