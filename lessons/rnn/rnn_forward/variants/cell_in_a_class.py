"""A cell that is called once a step, as torch's RNNCell is."""

import torch
from torch.nn import functional as F


class Cell:
    def __init__(self, w, u, b):
        self.w, self.u, self.b = w, u, b

    def __call__(self, x_t, h):
        return torch.tanh(F.linear(x_t, self.w, self.b) + F.linear(h, self.u))


def rnn_forward(x, h0, w, u, b):
    cell = Cell(w, u, b)
    states = [h0]
    for t in range(x.shape[0]):
        states.append(cell(x[t], states[-1]))
    return torch.stack(states[1:], dim=0)
