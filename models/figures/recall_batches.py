"""Sequences whose first symbol is asked for at the end, and whose other symbols say nothing about it."""

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

HELD_OUT_SEED = 1_000_003  # added to the seed


class RecallBatches:
    """One-hot sequences x (T, B, D): x_1 is one of KINDS symbols, x_2 to x_T are any of the others.

    A net that sees only the end can do no better than chance: ln KINDS = 1.386 nats.
    """

    KINDS = 4
    SYMBOLS = 8

    def __init__(self, steps: int, seed: int) -> None:
        self.steps = steps
        self._seed = seed
        self._training = torch.Generator().manual_seed(seed)

    def training(self, count: int) -> tuple[Float[Tensor, "T B D"], Int[Tensor, " B"]]:
        """New sequences each time, and the kind of their first symbol."""
        return self._drawn(count, self._training)

    def held_out(self, count: int) -> tuple[Float[Tensor, "T B D"], Int[Tensor, " B"]]:
        """The same sequences each time."""
        return self._drawn(count, torch.Generator().manual_seed(self._seed + HELD_OUT_SEED))

    def _drawn(self, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        labels = torch.randint(self.KINDS, (count,), generator=generator)
        others = torch.randint(self.KINDS, self.SYMBOLS, (self.steps - 1, count), generator=generator)
        return functional.one_hot(torch.cat([labels[None], others]), self.SYMBOLS).float(), labels
