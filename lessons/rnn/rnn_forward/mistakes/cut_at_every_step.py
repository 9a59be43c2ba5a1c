"""The state is detached at every step, so no gradient reaches the step before: U learns from single steps only."""

import torch

EQUATION = "h_t = tanh(W x_t + U h_{t-1} + b),   dh_t/dh_{t-1} = 0"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h.detach() @ u.T + b)
        states.append(h)
    return torch.stack(states)
