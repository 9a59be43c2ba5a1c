"""The state before the first step is taken to be h[-1], which in Python is the last one. It is h0."""

import torch

EQUATION = "h_0 = h_T"
HINT = 3


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), torch.zeros_like(w), torch.zeros_like(u)
    db = w.new_zeros(w.shape[0])
    carried = torch.zeros_like(h0)
    for t in reversed(range(len(x))):
        before = h[t - 1]
        da = (dh[t] + carried) * (1 - h[t] ** 2)
        dx[t] = da @ w
        dw += da.T @ x[t]
        du += da.T @ before
        db += da.sum(dim=0)
        carried = da @ u
    return dx, carried, dw, du, db
