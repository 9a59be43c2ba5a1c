"""b is added at the first step only. The same three weights stand at every step."""

import torch

EQUATION = "h_t = tanh(W x_t + U h_{t-1}),  t > 1"
HINT = 1


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + (0.0 if states else b))
        states.append(h)
    return torch.stack(states)
