"""Every sequence gets the state of the first one. Each row of h belongs to its own sequence."""

import torch

EQUATION = "h_t[n] = tanh(W x_t[n] + U h_{t-1}[0] + b)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h[:1] @ u.T + b)
        states.append(h)
    return torch.stack(states)
