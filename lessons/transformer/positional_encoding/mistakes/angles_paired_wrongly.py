"""The angles of all columns were laid out one way and the sines and cosines taken another way: columns of one pair have different waves."""

import torch

EQUATION = "a sine and its neighbour of another frequency"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        angles = torch.cat([angle, angle], dim=1)
        pe[:, 0::2] = torch.sin(angles[:, 0::2])
        pe[:, 1::2] = torch.cos(angles[:, 1::2])
    else:
        angles = angle.repeat_interleave(2, dim=1)
        pe[:, : d // 2] = torch.sin(angles[:, : d // 2])
        pe[:, d // 2 :] = torch.cos(angles[:, d // 2 :])
    return pe
