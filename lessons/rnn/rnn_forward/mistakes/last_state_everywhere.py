"""One tensor is written over at every step and kept T times, so all states are the last one."""

import torch

EQUATION = "out = [h_T, h_T, ..., h_T]"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0 + 0.0, []
    for x_t in x:
        h.data = torch.tanh(x_t @ w.T + h @ u.T + b).data
        states.append(h)
    return torch.stack(states)
