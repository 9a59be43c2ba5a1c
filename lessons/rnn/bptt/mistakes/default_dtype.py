"""The results are made in torch's default dtype, on its default device. zeros_like has those of its argument."""

import torch

EQUATION = "dW.dtype = default dtype"
HINT = 3


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros(x.shape), torch.zeros(w.shape), torch.zeros(u.shape)
    db = torch.zeros(w.shape[0])
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
