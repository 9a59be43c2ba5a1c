"""Axes of length 1 are gone. One step, one sequence and one unit still have theirs: (T, B, H)."""

import torch

EQUATION = "out.shape = (T, B, H) without its ones"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states).squeeze()
