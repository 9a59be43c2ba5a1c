"""The adding task: two of a sequence's numbers are marked, and their sum is asked for at its end."""

import torch
from jaxtyping import Float
from torch import Tensor

BASELINE = 1 / 6  # mean squared error of always answering 1: the variance of a sum of two uniform numbers


def adding_batch(
    length: int, size: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 2"], Float[Tensor, " B"]]:
    """Numbers uniform in [0, 1), a mark of 1 beside one of each half, and the marked ones' sum.

        x[b, t] = (u, mark)        y[b] = sum over t of u mark

    So the first marked number has to be kept for T / 2 steps on average, past others that must leave no trace.
    Hochreiter and Schmidhuber 1997, section 5.4; numbers and mask as in Le, Jaitly and Hinton 2015 (1504.00941),
    section 4.1, one mark in each half as in Arjovsky, Shah and Bengio 2016 (1511.06464).
    """
    values = torch.rand(size, length, generator=generator)
    marks = torch.zeros(size, length)
    half, rows = length // 2, torch.arange(size)
    for start, width in ((0, half), (half, length - half)):
        marks[rows, start + torch.randint(width, (size,), generator=generator)] = 1.0
    return torch.stack([values, marks], dim=-1), (values * marks).sum(1)
