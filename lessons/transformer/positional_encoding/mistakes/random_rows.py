"""The rows are random numbers that would have to be learnt. Nothing in them says which positions are near each other."""

import torch

EQUATION = "PE ~ N(0, 1)"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    return torch.randn(n, d, generator=torch.Generator().manual_seed(0))
