"""What was carried at the end of the last call comes in at the last step of this one. Nothing comes after the last step: start from zeros."""

import torch

EQUATION = "da_{T+1} = da_1 of the call before"
HINT = 3


KEPT = []


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), torch.zeros_like(w), torch.zeros_like(u)
    db = w.new_zeros(w.shape[0])
    carried = KEPT[1] if KEPT and KEPT[0] is w else torch.zeros_like(h0)
    for t in reversed(range(len(x))):
        before = h[t - 1] if t > 0 else h0
        da = (dh[t] + carried) * (1 - h[t] ** 2)
        dx[t] = da @ w
        dw += da.T @ x[t]
        du += da.T @ before
        db += da.sum(dim=0)
        carried = da @ u
    KEPT[:] = [w, carried]
    return dx, carried, dw, du, db
