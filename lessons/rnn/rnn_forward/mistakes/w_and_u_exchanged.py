"""W multiplies the state and U the input. Where D = H, no error tells."""

import torch

EQUATION = "h_t = tanh(U x_t + W h_{t-1} + b)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ u.T + h @ w.T + b)
        states.append(h)
    return torch.stack(states)
