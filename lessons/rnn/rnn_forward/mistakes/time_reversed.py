"""The steps are walked through from the last to the first. A recurrent net reads forward."""

import torch

EQUATION = "h_t = tanh(W x_{T+1-t} + U h_{t-1} + b)"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x.flip(0):
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
