"""The paper's line as most people write it: exp and log in the place of a power, columns filled by slices."""

import math

import torch

CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pe = torch.zeros(n, d)
    position = torch.arange(0, n).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d, 2) * -(math.log(10000.0) / d))
    pe[:, 0::2] = torch.sin(position * div_term)
    pe[:, 1::2] = torch.cos(position * div_term)
    return pe
