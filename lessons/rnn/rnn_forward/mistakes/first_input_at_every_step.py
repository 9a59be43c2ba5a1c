"""Every step reads the first input."""

import torch

EQUATION = "h_t = tanh(W x_1 + U h_{t-1} + b)"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x[0] @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
