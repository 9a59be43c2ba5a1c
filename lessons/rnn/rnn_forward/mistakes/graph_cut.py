"""The states are computed under no_grad, so nothing can learn from them."""

import torch

EQUATION = "dh/dx = dh/dW = dh/dU = dh/db = 0"
HINT = 3


@torch.no_grad()
def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
