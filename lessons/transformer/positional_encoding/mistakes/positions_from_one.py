"""Positions are counted from 1. The first token stands at 0, where every sine is 0 and every cosine 1."""

import torch

EQUATION = "pos = 1, 2, ..., n"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(1, n + 1).unsqueeze(1)
    angle = pos / 10000 ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
