"""The loop's i already runs over 0, 2, 4, ...: it is the 2i of the equation. Doubled once more, the exponents reach twice too far."""

import math

import torch

EQUATION = "angle = pos / 10000^(4i/d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pe = torch.zeros(n, d)
    for pos in range(n):
        for i in range(0, d, 2):
            angle = pos / (10000 ** ((2 * i) / d))
            if CONVENTIONS["layout"] == "interleaved":
                pe[pos, i], pe[pos, i + 1] = math.sin(angle), math.cos(angle)
            else:
                pe[pos, i // 2], pe[pos, d // 2 + i // 2] = math.sin(angle), math.cos(angle)
    return pe
