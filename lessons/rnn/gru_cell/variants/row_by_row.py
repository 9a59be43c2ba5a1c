"""Row by row of the batch, as chung weighs and with the gate after the product."""

import torch

CONVENTIONS = {"update": "chung", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    out = []
    for one, old in zip(x, h, strict=True):
        from_x, from_h = (w_ih.mv(one) + b_ih).split(len(old)), (w_hh.mv(old) + b_hh).split(len(old))
        r, z = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
        n = torch.tanh(from_x[2] + r * from_h[2])
        out.append(z * n + old - z * old)
    return torch.stack(out)
