"""The copy task: ten symbols, a long silence, and the same ten symbols to say."""

import math

import torch
from jaxtyping import Int
from torch import Tensor

NUM_COPIED, NUM_LETTERS = 10, 8
BLANK, SIGNAL = NUM_LETTERS, NUM_LETTERS + 1
NUM_SYMBOLS = NUM_LETTERS + 2
# Nats of a net that knows when to speak and not what: every letter is as likely as any other.
BASELINE = math.log(NUM_LETTERS)


def copying_batch(
    length: int, size: int, generator: torch.Generator, copied: int = NUM_COPIED
) -> tuple[Int[Tensor, "B S"], Int[Tensor, "B N"]]:
    """Sequences of S = T + 2 N symbols, and the N letters (ten in the paper) that are asked for at the last N steps.

        letters (N), blank (T - 1), signal, blank (N)

    Shapes: ids (B, T + 2 N), targets (B, N), both int64; letters 0 to 7, blank 8, signal 9.
    Arjovsky, Shah and Bengio 2016 (1511.06464), section 5.1.
    """
    letters = torch.randint(NUM_LETTERS, (size, copied), generator=generator)
    ids = torch.full((size, length + 2 * copied), BLANK)
    ids[:, :copied] = letters
    ids[:, copied + length - 1] = SIGNAL
    return ids, letters
