"""Python's own sines, number by number."""

import math

import torch

CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    rows = []
    for pos in range(n):
        row = []
        for i in range(d // 2):
            angle = pos / 10000 ** (2 * i / d)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return torch.tensor(rows)
