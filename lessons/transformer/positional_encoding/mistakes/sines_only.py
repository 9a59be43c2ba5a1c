"""Both columns of a wave are its sine. Without the cosine two positions on the same height of a wave cannot be told apart."""

import torch

EQUATION = "PE[pos, 2i] = PE[pos, 2i + 1] = sin(...)"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n)[:, None] / 10000 ** (torch.arange(0, d, 2) / d)
    if CONVENTIONS["layout"] == "interleaved":
        return torch.sin(angle.repeat_interleave(2, dim=1))
    return torch.sin(torch.cat([angle, angle], dim=1))
