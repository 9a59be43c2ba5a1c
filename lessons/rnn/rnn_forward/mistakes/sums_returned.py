"""The sums before tanh are returned. The states are what tanh gives."""

import torch

EQUATION = "out_t = W x_t + U h_{t-1} + b"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        total = x_t @ w.T + h @ u.T + b
        h = torch.tanh(total)
        states.append(total)
    return torch.stack(states)
