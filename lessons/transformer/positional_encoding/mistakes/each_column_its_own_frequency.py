"""Every column has a frequency of its own. A sine and its cosine must share one: only then is a shift a rotation of the pair."""

import torch

EQUATION = "sin(pos / 10000^(2i/d)),  cos(pos / 10000^((2i + 1)/d))"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angles = torch.arange(n)[:, None] / 10000 ** (torch.arange(d)[None, :] / d)
    sines, cosines = torch.sin(angles[:, 0::2]), torch.cos(angles[:, 1::2])
    if CONVENTIONS["layout"] == "concatenated":
        return torch.cat([sines, cosines], dim=1)
    angles[:, 0::2] = sines
    angles[:, 1::2] = cosines
    return angles
