"""b is added behind tanh. It belongs inside, and a state outside (-1, 1) is a sign of it."""

import torch

EQUATION = "h_t = tanh(W x_t + U h_{t-1}) + b"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T) + b
        states.append(h)
    return torch.stack(states)
