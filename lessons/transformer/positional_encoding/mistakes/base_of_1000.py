"""The base has lost a zero: 1000 for 10000, so the slow waves are up to ten times too fast."""

import math

import torch

EQUATION = "angle = pos / 1000^(2i/d)"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    div_term = torch.exp(torch.arange(0, d, 2) * (-math.log(1000.0) / d))
    angle = torch.arange(n).unsqueeze(1) * div_term
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
