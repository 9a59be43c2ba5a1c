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


def copying_batch(length: int, size: int, generator: torch.Generator) -> tuple[Int[Tensor, "B S"], Int[Tensor, "B 10"]]:
    """Sequences of S = T + 20 symbols, and the ten letters that are asked for at the last ten steps.

        letters (10), blank (T - 1), signal, blank (10)

    Shapes: ids (B, T + 20), targets (B, 10), both int64; letters 0 to 7, blank 8, signal 9.
    Arjovsky, Shah and Bengio 2016 (1511.06464), section 5.1.
    """
    letters = torch.randint(NUM_LETTERS, (size, NUM_COPIED), generator=generator)
    ids = torch.full((size, length + 2 * NUM_COPIED), BLANK)
    ids[:, :NUM_COPIED] = letters
    ids[:, NUM_COPIED + length - 1] = SIGNAL
    return ids, letters
