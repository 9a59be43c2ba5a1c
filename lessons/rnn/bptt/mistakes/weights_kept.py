"""W and U are copied once and kept. An optimiser moves them in place, and the copies stay behind."""

import torch

EQUATION = "g_t = dh_t + U'^T da_{t+1},  U' of the first call"
HINT = 3


KEPT = {}


def bptt(dh, x, h0, h, w, u):
    if id(u) not in KEPT:
        KEPT[id(u)] = u, w.clone(), u.clone()
    _, w, u = KEPT[id(u)]
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
    return dx, carried, dw, du, db
