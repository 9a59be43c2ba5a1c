"""Only the sines are written, and the cosines' columns stay 0. A sine alone is the same at two places of its wave."""

import torch

EQUATION = "PE[pos, 2i + 1] = 0"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pe = torch.zeros(n, d)
    angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2] = torch.sin(angle)
    else:
        pe[:, : d // 2] = torch.sin(angle)
    return pe
