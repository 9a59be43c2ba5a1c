"""The state before each step is returned, h_0 to h_{T-1}: the last input is never seen. Keep h after it was renewed."""

import torch

EQUATION = "out = [h_0, h_1, ..., h_{T-1}]"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        states.append(h)
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
    return torch.stack(states)
