"""torch's linear layer for the products, and a list for the pair."""

from torch.nn import functional

CONVENTIONS = {"gate_order": "ifog"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = functional.linear(x, w_ih, b_ih) + functional.linear(h, w_hh, b_hh)
    i, f, o = a[:, : 3 * h.size(1)].sigmoid().split(h.size(1), dim=1)
    new = f.mul(c).add(i.mul(a[:, 3 * h.size(1) :].tanh()))
    return [o.mul(new.tanh()), new]
