"""Where a token stands, as a row of waves: attention alone would not know."""

import math

import torch
from torch import Tensor

# Sources differ in where the waves lie; declare what your code does, written out as here.
#   layout  "interleaved"   sine, cosine, sine, cosine, ...: Vaswani et al. as they print it
#           "concatenated"  all sines, then all cosines: tensor2tensor, the code that they ran
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n: int, d: int) -> Tensor:
    """One row for each of the positions 0, 1, ..., n - 1.

        PE[pos, 2i]     = sin(pos / 10000^(2i/d))        i = 0, 1, ..., d/2 - 1
        PE[pos, 2i + 1] = cos(pos / 10000^(2i/d))        by "interleaved"

        PE[pos, i]       = sin(pos / 10000^(2i/d))
        PE[pos, d/2 + i] = cos(pos / 10000^(2i/d))       by "concatenated"

    Shapes:  n positions, n >= 1, and d columns, d even  ->  PE (n, d), without an axis for a batch
    Symbols: pos is a row's number, i a wave's; d is the paper's d_model. A sine and its cosine share one frequency.

    The numbers are computed, not learnt: no parameter, no gradient, nothing random. They have torch's default dtype,
    whatever that is when you are called (not always float32). Each call gives a tensor of its own: whoever gets it may
    change it.

    Vaswani et al. 2017 (arXiv 1706.03762), section 3.5.
    """
    raise NotImplementedError("your turn: positional_encoding")
