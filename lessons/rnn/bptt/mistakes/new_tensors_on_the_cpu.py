"""New tensors are made on the CPU wherever x lies. zeros_like and new_zeros lie where theirs does."""

import torch

EQUATION = "dW.device = cpu"
HINT = 3


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), torch.zeros(w.shape, dtype=w.dtype), torch.zeros(u.shape, dtype=u.dtype)
    db = torch.zeros(w.shape[0], dtype=w.dtype)
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
