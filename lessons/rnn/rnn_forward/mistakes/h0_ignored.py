"""h0 is not used: every sequence starts from zeros. Who carries a state over from the last piece of text loses it."""

import torch

EQUATION = "h_1 = tanh(W x_1 + b)"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = torch.zeros_like(h0), []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
