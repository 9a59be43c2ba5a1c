"""The result was made like the positions, which are whole numbers: every sine is cut to 0, and nearly every cosine."""

import torch

EQUATION = "PE in int64"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    position = torch.arange(n)
    pe = position.new_zeros(n, d)
    angle = position.unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
