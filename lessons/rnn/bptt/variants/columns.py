"""Sequence by sequence, with columns and outer products as the equations are written."""

import torch


def one_sequence(dh, x, h0, h, w, u):
    da = [None] * len(x) + [torch.zeros_like(h0)]
    for t in range(len(x) - 1, -1, -1):
        da[t] = torch.diag(1 - h[t] ** 2) @ (dh[t] + u.T @ da[t + 1])
    before = [h0, *h[:-1]]
    return (
        torch.stack([w.T @ each for each in da[:-1]]),
        u.T @ da[0],
        sum(torch.outer(one, other) for one, other in zip(da, x)),
        sum(torch.outer(one, other) for one, other in zip(da, before)),
        sum(da),
    )


def bptt(dh, x, h0, h, w, u):
    found = [one_sequence(dh[:, n], x[:, n], h0[n], h[:, n], w, u) for n in range(len(h0))]
    dx, dh0, *weights = zip(*found)
    return torch.stack(dx, dim=1), torch.stack(dh0), *(torch.stack(each).sum(0) for each in weights)
