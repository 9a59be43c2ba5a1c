"""U is used through .data, which autograd does not see: U never learns."""

import torch

EQUATION = "dh_t/dU = 0"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.data.T + b)
        states.append(h)
    return torch.stack(states)
