"""The state is averaged over the batch before each step, so sequences see each other."""

import torch

EQUATION = "h_t[n] = tanh(W x_t[n] + U mean_m h_{t-1}[m] + b)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h.mean(dim=0) @ u.T + b)
        states.append(h)
    return torch.stack(states)
