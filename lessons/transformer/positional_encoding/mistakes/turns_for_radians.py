"""The angle is counted in whole turns: at i = 0 every position lies at 2 pi pos, which is 0. The paper's wavelengths begin at 2 pi."""

import math

import torch

EQUATION = "angle = 2 pi pos / 10000^(2i/d)"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    wavelength = 10000 ** (torch.arange(0, d, 2) / d)
    angle = 2 * math.pi * torch.arange(n).unsqueeze(1) / wavelength
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
