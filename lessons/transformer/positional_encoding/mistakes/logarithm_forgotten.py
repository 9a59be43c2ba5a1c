"""The power was written with exp, but its logarithm got lost: 10000^x is exp(x ln 10000), not exp(x)."""

import torch

EQUATION = "angle = pos / e^(2i/d)"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    div_term = torch.exp(-torch.arange(0, d, 2) / d)
    angle = torch.arange(n).unsqueeze(1) * div_term
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
