"""Rows are multiplied by U as it is. For rows the equation's U h is h U^T; U is square, so no error tells."""

import torch

EQUATION = "h_t = tanh(W x_t + U^T h_{t-1} + b)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u + b)
        states.append(h)
    return torch.stack(states)
