"""Positions and waves were exchanged before the reshape: the shape is right, and one row holds one wave at several positions."""

import torch

EQUATION = "PE^T read row by row as (n, d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    wave = 10000 ** (torch.arange(0, d, 2) / d)
    angle = torch.arange(n)[None, :] / wave[:, None]
    return torch.stack([angle.sin(), angle.cos()], dim=-1).reshape(n, d)
