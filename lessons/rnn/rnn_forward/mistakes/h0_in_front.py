"""h0 stands in front of the result, which has T + 1 states now. It is given, so it is not returned."""

import torch

EQUATION = "out = [h_0, h_1, ..., h_T]"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack([h0, *states])
