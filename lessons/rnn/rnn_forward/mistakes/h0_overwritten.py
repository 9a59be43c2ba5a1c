"""The last state is written into h0. It belongs to the caller, who hands h[-1] in if that is wanted."""

import torch

EQUATION = "h_0 <- h_T"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    result = torch.stack(states)
    h0.data.copy_(h.detach())
    return result
