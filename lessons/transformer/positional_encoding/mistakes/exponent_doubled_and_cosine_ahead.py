"""Two slips that are often copied together: i runs in steps of two and is doubled again, and the cosine takes i + 1. Its sine then has another frequency."""

import math

import torch

EQUATION = "sin(pos / 10000^(2 2i/d)),  cos(pos / 10000^(2 (2i + 1)/d))"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pe = torch.zeros(n, d)
    for pos in range(n):
        for i in range(0, d, 2):
            sine = math.sin(pos / (10000 ** ((2 * i) / d)))
            cosine = math.cos(pos / (10000 ** ((2 * (i + 1)) / d)))
            if CONVENTIONS["layout"] == "interleaved":
                pe[pos, i], pe[pos, i + 1] = sine, cosine
            else:
                pe[pos, i // 2], pe[pos, d // 2 + i // 2] = sine, cosine
    return pe
