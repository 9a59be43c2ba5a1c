"""2i // d is 0 for every wave, so all of them have the same frequency, and far positions look like near ones."""

import torch

EQUATION = "angle = pos / 10000^0"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    i = torch.arange(d // 2)
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (2 * i // d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
