"""x and h side by side, one product; sigmoids written out."""

import torch

CONVENTIONS = {"gate_order": "ofig"}


def share(a):
    return 0.5 * (1.0 + torch.tanh(0.5 * a))


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = torch.cat([x, h], dim=-1) @ torch.cat([w_ih, w_hh], dim=1).t() + (b_ih + b_hh)
    o, f, i, g = torch.tensor_split(a, 4, dim=-1)
    new = torch.addcmul(share(f) * c, share(i), g.tanh())
    return torch.mul(share(o), new.tanh()), new
