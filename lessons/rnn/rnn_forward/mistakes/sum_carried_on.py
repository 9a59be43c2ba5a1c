"""What is carried on is the sum before tanh. The state behind tanh goes into the next step."""

import torch

EQUATION = "a_t = W x_t + U a_{t-1} + b,  h_t = tanh(a_t)"
HINT = 2


def rnn_forward(x, h0, w, u, b):
    h, states = h0, []
    for x_t in x:
        h = x_t @ w.T + h @ u.T + b
        states.append(torch.tanh(h))
    return torch.stack(states)
