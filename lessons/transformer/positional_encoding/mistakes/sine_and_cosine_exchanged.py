"""The cosine comes first. Position 0 should begin with sin 0 = 0."""

import torch

EQUATION = "PE[pos, 2i] = cos(...),  PE[pos, 2i + 1] = sin(...)"
HINT = 1
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    angle = torch.arange(n)[:, None] / 10000 ** (torch.arange(0, d, 2) / d)
    pe = torch.zeros(n, d)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2] = torch.cos(angle)
        pe[:, 1::2] = torch.sin(angle)
    else:
        pe[:, : d // 2] = torch.cos(angle)
        pe[:, d // 2 :] = torch.sin(angle)
    return pe
