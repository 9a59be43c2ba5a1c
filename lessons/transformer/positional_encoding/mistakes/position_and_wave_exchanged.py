"""Position and wave have changed places in the angle: the frequency falls from row to row, and the fastest column stands still."""

import torch

EQUATION = "angle = i / 10000^(2 pos/d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(n).unsqueeze(1)
    i = torch.arange(d // 2).unsqueeze(0)
    angle = i / 10000 ** (2 * pos / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
