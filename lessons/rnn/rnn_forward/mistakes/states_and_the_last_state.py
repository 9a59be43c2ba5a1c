"""Two results are returned, as torch's RNN does. The states are asked for; the last of them is h[-1]."""

import torch

EQUATION = "out = (h_1 .. h_T, h_T)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states), h
