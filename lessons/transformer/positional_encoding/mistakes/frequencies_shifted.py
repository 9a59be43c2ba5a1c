"""The waves are counted from 1: the fastest one, 2i = 0, is missing, and all others are one place too early."""

import torch

EQUATION = "angle = pos / 10000^(2(i + 1)/d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    position = torch.arange(n).unsqueeze(1)
    i = torch.arange(1, d // 2 + 1)
    angle = position / 10000 ** (2 * i / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
