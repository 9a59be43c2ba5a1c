"""The loop begins at the second input, so there is one state too few."""

import torch

EQUATION = "t = 2 .. T"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x[1:]:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
