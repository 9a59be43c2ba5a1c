"""Separate weights by name, the gate before the product."""

import torch

CONVENTIONS = {"update": "cho", "reset": "before"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    units = h.shape[1]

    def block(number, state):
        rows = slice(number * units, (number + 1) * units)
        return x @ w_ih[rows].T + b_ih[rows] + state @ w_hh[rows].T + b_hh[rows]

    r, z = torch.sigmoid(block(0, h)), torch.sigmoid(block(1, h))
    return z * h + (1 - z) * torch.tanh(block(2, r * h))
