"""The result is made on the CPU wherever x is. x.new_zeros(...) lies where x does."""

import torch

EQUATION = "h.device = cpu"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, result = h0, torch.zeros(len(x), *h0.shape, dtype=x.dtype)
    for t, x_t in enumerate(x):
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        result[t] = h
    return result
