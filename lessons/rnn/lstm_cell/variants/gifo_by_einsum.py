"""The candidate first, all four at once as an axis of their own."""

import torch

CONVENTIONS = {"gate_order": "gifo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    units = h.shape[1]
    a = torch.einsum("bd,gud->gbu", x, w_ih.view(4, units, -1)) + torch.einsum("bh,guh->gbu", h, w_hh.view(4, units, -1))
    a = a + (b_ih + b_hh).view(4, 1, units)
    g, (i, f, o) = torch.tanh(a[0]), torch.sigmoid(a[1:])
    new = i * g + f * c
    return torch.tanh(new) * o, new
