"""The new state is added to the one before. It takes its place."""

import torch

EQUATION = "h_t = h_{t-1} + tanh(W x_t + U h_{t-1} + b)"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = h + torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
