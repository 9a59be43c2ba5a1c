"""By einsum, an axis for the three blocks."""

import torch

CONVENTIONS = {"update": "chung", "reset": "before"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    units = h.shape[1]
    w, u = w_ih.view(3, units, -1), w_hh.view(3, units, units)
    seen = torch.einsum("bd,gud->gbu", x, w) + b_ih.view(3, 1, units) + b_hh.view(3, 1, units)
    r, z = torch.sigmoid(seen[:2] + torch.einsum("bh,guh->gbu", h, u[:2]))
    n = torch.tanh(seen[2] + torch.einsum("bh,bh,uh->bu", r, h, u[2]))
    return torch.lerp(h, n, z)
