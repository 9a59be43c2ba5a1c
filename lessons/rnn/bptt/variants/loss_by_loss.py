"""Each state's dh is sent back on its own, all the way; the shares are added. T (T + 1) / 2 steps, no carried sum."""

import torch


def bptt(dh, x, h0, h, w, u):
    states = [h0, *h]
    dx, dh0, dw, du = (torch.zeros_like(each) for each in (x, h0, w, u))
    db = torch.zeros_like(w[:, 0])
    for start in range(len(x)):
        g = dh[start]
        for t in range(start, -1, -1):
            g = g * (1 + states[t + 1]) * (1 - states[t + 1])
            dx[t] += g @ w
            dw += g.transpose(0, 1) @ x[t]
            du += g.transpose(0, 1) @ states[t]
            db += g.sum(0)
            g = g @ u
        dh0 += g
    return [dx, dh0, dw, du, db]
