"""Every row is the one before, turned: a complex number for each wave, multiplied by itself again and again."""

import torch

CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    rate = torch.pow(10000.0, -torch.arange(0, d, 2) / d)
    turn = torch.polar(torch.ones_like(rate), rate)
    rows = torch.cumprod(torch.cat([torch.ones_like(turn)[None], turn.expand(n - 1, -1)]), dim=0)
    return torch.stack([rows.imag, rows.real], dim=-1).reshape(n, d)
