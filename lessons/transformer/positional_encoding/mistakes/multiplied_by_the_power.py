"""The position is multiplied by 10000^(2i/d). The waves get shorter with i, down to noise, where they should get longer."""

import torch

EQUATION = "angle = pos 10000^(2i/d)"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    position = torch.arange(n).unsqueeze(1)
    angle = position * 10000 ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
