"""The sum is cut off at -1 and 1. That is a hard tanh, whose slope is 0 or 1."""

import torch

EQUATION = "h_t = clamp(W x_t + U h_{t-1} + b, -1, 1)"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = (x_t @ w.T + h @ u.T + b).clamp(-1.0, 1.0)
        states.append(h)
    return torch.stack(states)
