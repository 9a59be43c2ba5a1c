"""The slowest wave comes first. The first two columns are the ones that tell neighbours apart: 2i = 0."""

import torch

EQUATION = "angle = pos / 10000^((d - 2 - 2i)/d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(d - 2, -1, -2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
