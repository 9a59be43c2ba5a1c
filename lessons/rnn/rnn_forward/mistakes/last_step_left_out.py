"""The loop ends before the last input, so there is one state too few."""

import torch

EQUATION = "t = 1 .. T - 1"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x[:-1]:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
