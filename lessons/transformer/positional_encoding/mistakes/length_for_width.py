"""The exponent is divided by n, the number of positions, not by d. Then a position's row depends on how long the sentence is."""

import torch

EQUATION = "angle = pos / 10000^(2i/n)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / n)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
