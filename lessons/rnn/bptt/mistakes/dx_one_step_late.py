"""dx at step t is the gradient of the step before: U was gone through before W."""

import torch

EQUATION = "dx_t = W^T U^T da_t"
HINT = 3


def bptt(dh, x, h0, h, w, u):
    dx, dw, du = torch.zeros_like(x), torch.zeros_like(w), torch.zeros_like(u)
    db = w.new_zeros(w.shape[0])
    carried = torch.zeros_like(h0)
    for t in reversed(range(len(x))):
        before = h[t - 1] if t > 0 else h0
        da = (dh[t] + carried) * (1 - h[t] ** 2)
        dw += da.T @ x[t]
        du += da.T @ before
        db += da.sum(dim=0)
        carried = da @ u
        dx[t] = carried @ w
    return dx, carried, dw, du, db
