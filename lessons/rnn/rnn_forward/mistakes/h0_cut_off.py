"""h0 is detached, so no gradient reaches it. A first state can be learnt too; who calls decides."""

import torch

EQUATION = "dh_1/dh_0 = 0"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0.detach(), []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
