"""tanh is missing: T linear steps are one linear step, and states grow without limit."""

import torch

EQUATION = "h_t = W x_t + U h_{t-1} + b"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = x_t @ w.T + h @ u.T + b
        states.append(h)
    return torch.stack(states)
