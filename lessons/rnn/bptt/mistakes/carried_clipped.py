"""What is carried is clipped to [-1, 1]. The gradient is asked for as it is; clipping comes afterwards, on all of it."""

import torch

EQUATION = "g_t = dh_t + clip(U^T da_{t+1}, -1, 1)"
HINT = 1


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
        carried = (da @ u).clamp(-1.0, 1.0)
    return dx, carried, dw, du, db
