"""The gates share out a softmax. Each is a sigmoid of its own: a cell may keep all of the old and take in all of the new."""

import torch

EQUATION = "i, f, o = softmax(a_i, a_f, a_o)"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, o = torch.stack([a["i"], a["f"], a["o"]]).softmax(0)
    new = f * c + i * a["g"].tanh()
    return o * new.tanh(), new
