"""The states are float32 whatever came in. They have the dtype of x."""

import torch

EQUATION = "h.dtype = float32 instead of x.dtype"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states).float()
