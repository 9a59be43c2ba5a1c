"""The exponent is taken of pos / 10000, not of 10000: the brackets stand in the wrong place."""

import torch

EQUATION = "angle = (pos / 10000)^(2i/d)"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(n).unsqueeze(1)
    exponent = torch.arange(0, d, 2) / d
    angle = (pos / 10000) ** exponent
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
