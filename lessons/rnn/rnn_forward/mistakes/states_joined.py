"""The states are joined along the batch, (T B, H). Stack them on an axis of their own."""

import torch

EQUATION = "out.shape = (T B, H)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.cat(states)
