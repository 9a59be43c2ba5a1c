"""The base has a zero too many: 100000 for 10000, so the slow waves are up to ten times too slow."""

import torch

EQUATION = "angle = pos / 100000^(2i/d)"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    base = 100000.0
    angle = torch.arange(n).unsqueeze(1) / base ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
