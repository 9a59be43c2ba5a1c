"""The last state is kept and used in the place of h0 when the same weights are called again. Every call starts from its own h0."""

import torch

EQUATION = "h_0 = h_T of the call before"
HINT = 3


KEPT = []


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    if KEPT and KEPT[0] is w and KEPT[1].shape == h0.shape:
        h = KEPT[1]
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    KEPT[:] = [w, h.detach()]
    return torch.stack(states)
