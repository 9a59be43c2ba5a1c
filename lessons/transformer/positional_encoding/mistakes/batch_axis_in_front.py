"""The result is (1, n, d), with an axis for the batch. It is (n, d) here: that is added to a batch as well."""

import math

import torch

EQUATION = "PE, (1, n, d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pe = torch.zeros(n, d)
    position = torch.arange(0, n).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d, 2) * -(math.log(10000.0) / d))
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
    else:
        pe[:, : d // 2] = torch.sin(position * div_term)
        pe[:, d // 2 :] = torch.cos(position * div_term)
    return pe.unsqueeze(0)
