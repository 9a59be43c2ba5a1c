"""tanh is taken of the input's part only. It is around the whole sum."""

import torch

EQUATION = "h_t = tanh(W x_t + b) + U h_{t-1}"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + b) + h @ u.T
        states.append(h)
    return torch.stack(states)
