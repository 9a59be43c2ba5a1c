"""Positions are divided by n, as shares of the sentence. The same token's neighbour is then nearer in a longer sentence."""

import torch

EQUATION = "angle = (pos / n) / 10000^(2i/d)"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(n).unsqueeze(1) / n
    angle = pos / 10000 ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
