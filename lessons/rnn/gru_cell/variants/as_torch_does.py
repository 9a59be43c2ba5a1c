"""All of h U^T at once, and a step from n towards h."""

from torch.nn import functional

CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    from_x, from_h = functional.linear(x, w_ih, b_ih), functional.linear(h, w_hh, b_hh)
    units = h.size(1)
    r, z = (from_x[:, : 2 * units] + from_h[:, : 2 * units]).sigmoid().split(units, dim=1)
    n = (from_x[:, 2 * units :] + r * from_h[:, 2 * units :]).tanh()
    return n + z * (h - n)
