"""A table of 5000 rows is made and its first n are given, so there are never more than 5000. n is known here: make n rows."""

import math

import torch

EQUATION = "PE[:n] of 5000 rows"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d, max_len=5000):
    pe = torch.zeros(max_len, d)
    position = torch.arange(0, max_len).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d, 2) * -(math.log(10000.0) / d))
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
    else:
        pe[:, : d // 2] = torch.sin(position * div_term)
        pe[:, d // 2 :] = torch.cos(position * div_term)
    return pe[:n].clone()
