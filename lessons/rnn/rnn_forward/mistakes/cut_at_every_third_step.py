"""The state is detached at every third step. Truncation is for whoever calls, between two calls."""

import torch

EQUATION = "dh_t/dh_{t-1} = 0 for t = 4, 7, ..."
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for t, x_t in enumerate(x):
        if t > 0 and t % 3 == 0:
            h = h.detach()
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
