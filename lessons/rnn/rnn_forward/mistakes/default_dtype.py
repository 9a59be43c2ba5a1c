"""The result is made in torch's default dtype, on its default device. x.new_zeros(...) has those of x."""

import torch

EQUATION = "h.dtype = default dtype"
HINT = 3


def rnn_forward(x, h0, w, u, b):
    h, result = h0, torch.zeros(len(x), *h0.shape)
    for t, x_t in enumerate(x):
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        result[t] = h
    return result
