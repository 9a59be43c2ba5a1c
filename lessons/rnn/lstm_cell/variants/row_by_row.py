"""Row by row of the batch, and the order read from the declaration."""

import torch

CONVENTIONS = {"gate_order": "fiog"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    h_rows, c_rows = [], []
    for one, old, cell in zip(x, h, c, strict=True):
        a = w_ih.mv(one) + w_hh.mv(old) + b_ih + b_hh
        gates = {name: a[k * len(old) : (k + 1) * len(old)] for k, name in enumerate(CONVENTIONS["gate_order"])}
        new = gates["f"].sigmoid() * cell + gates["i"].sigmoid() * gates["g"].tanh()
        c_rows.append(new)
        h_rows.append(gates["o"].sigmoid() * new.tanh())
    return torch.stack(h_rows), torch.stack(c_rows)
