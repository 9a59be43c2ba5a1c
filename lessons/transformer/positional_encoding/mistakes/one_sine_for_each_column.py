"""Each column is a sine of its own frequency, and there is no cosine: an embedding of the next position is no rotation of this one."""

import torch

EQUATION = "PE[pos, j] = sin(pos / 10000^(j/d))"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(n).view(n, 1)
    j = torch.arange(d).view(1, d)
    return torch.sin(pos / 10000 ** (j / d))
