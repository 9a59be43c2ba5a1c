"""Every state but the last is stored detached: the loss at earlier steps teaches nothing."""

import torch

EQUATION = "dL/dh_t = 0 for t < T,  where the loss reads h_t"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack([*(state.detach() for state in states[:-1]), h])
