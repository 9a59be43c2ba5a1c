"""Gradients of earlier calls with the same weights are still in dW, dU and db. Every call stands for itself."""

import torch

EQUATION = "dW <- dW + dW of the call before"
HINT = 3


KEPT = []


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), torch.zeros_like(w), torch.zeros_like(u)
    db = w.new_zeros(w.shape[0])
    carried = torch.zeros_like(h0)
    for t in reversed(range(len(x))):
        before = h[t - 1] if t > 0 else h0
        da = (dh[t] + carried) * (1 - h[t] ** 2)
        dx[t] = da @ w
        dw += da.T @ x[t]
        du += da.T @ before
        db += da.sum(dim=0)
        carried = da @ u
    if KEPT and KEPT[0] is w:
        dw, du, db = dw + KEPT[1], du + KEPT[2], db + KEPT[3]
    KEPT[:] = [w, dw, du, db]
    return dx, carried, dw, du, db
