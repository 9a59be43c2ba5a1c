"""The transposed weights are copied once and kept. An optimiser moves W and U in place, and the copies stay behind."""

import torch

EQUATION = "h_t = tanh(W' x_t + U' h_{t-1} + b),  W', U' of the first call"
HINT = 3


KEPT = {}


def rnn_forward(x, h0, w, u, b):
    if id(w) not in KEPT:
        KEPT[id(w)] = w, w.T.clone(), u.T.clone()
    _, w_rows, u_rows = KEPT[id(w)]
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w_rows + h @ u_rows + b)
        states.append(h)
    return torch.stack(states)
