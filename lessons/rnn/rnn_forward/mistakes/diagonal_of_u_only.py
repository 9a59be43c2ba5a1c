"""Each unit sees its own past only: of U the diagonal is used."""

import torch

EQUATION = "h_t[i] = tanh((W x_t)[i] + U[i,i] h_{t-1}[i] + b[i])"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h * u.diagonal() + b)
        states.append(h)
    return torch.stack(states)
