"""dW comes as (D, H). It has W's shape: rows belong to da, columns to x."""

import torch

EQUATION = "dW = sum_t x_t da_t^T"
HINT = 2


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), w.new_zeros(w.shape[1], w.shape[0]), torch.zeros_like(u)
    db = w.new_zeros(w.shape[0])
    carried = torch.zeros_like(h0)
    for t in reversed(range(len(x))):
        before = h[t - 1] if t > 0 else h0
        da = (dh[t] + carried) * (1 - h[t] ** 2)
        dx[t] = da @ w
        dw += x[t].T @ da
        du += da.T @ before
        db += da.sum(dim=0)
        carried = da @ u
    return dx, carried, dw, du, db
