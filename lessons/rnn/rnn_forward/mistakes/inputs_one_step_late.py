"""Each step reads the input of the step before, the first one reads zeros."""

import torch

EQUATION = "h_t = tanh(W x_{t-1} + U h_{t-1} + b),  x_0 = 0"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in torch.cat([torch.zeros_like(x[:1]), x[:-1]]):
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
