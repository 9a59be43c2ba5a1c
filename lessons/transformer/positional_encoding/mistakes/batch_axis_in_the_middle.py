"""The result is (n, 1, d), for batches that come second. Here it is (n, d)."""

import math

import torch

EQUATION = "PE, (n, 1, d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    position = torch.arange(n).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d, 2) * (-math.log(10000.0) / d))
    pe = torch.zeros(n, 1, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
    else:
        pe[:, 0, : d // 2] = torch.sin(position * div_term)
        pe[:, 0, d // 2 :] = torch.cos(position * div_term)
    return pe
