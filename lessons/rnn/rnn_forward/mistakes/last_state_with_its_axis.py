"""Only the last state is returned, though with an axis for time. All T are asked for."""

import torch

EQUATION = "out = [h_T]"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states[-1:])
