"""One sequence after the other, columns as in the equation; tanh by its relation to the sigmoid."""

import torch


def one_sequence(x, h, w, u, b):
    for column in x:
        total = w @ column + u @ h + b
        h = 2 * torch.sigmoid(2 * total) - 1
        yield h


def rnn_forward(x, h0, w, u, b):
    batch = [torch.stack(list(one_sequence(x[:, n], h0[n], w, u, b))) for n in range(x.shape[1])]
    return torch.stack(batch, 1)
