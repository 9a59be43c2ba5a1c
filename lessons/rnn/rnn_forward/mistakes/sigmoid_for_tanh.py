"""The sigmoid stands in the place of tanh: states are never negative, and gradients die four times as fast."""

import torch

EQUATION = "h_t = sigmoid(W x_t + U h_{t-1} + b)"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.sigmoid(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
