"""Sines and cosines were stacked and then reshaped to (n, d). The shape is right, and the numbers of one position lie in several rows."""

import torch

EQUATION = "[all sines, all cosines] read row by row as (n, d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    return torch.stack([torch.sin(angle), torch.cos(angle)]).reshape(n, d)
