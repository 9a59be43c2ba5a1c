"""A tensor filled from its end; the bound as a running product."""

import torch


def jacobian_product(h, u):
    steps, batch, units = h.shape
    out = torch.zeros(steps + 1, batch, units, units, dtype=h.dtype, device=h.device)
    out[-1] = torch.eye(units)
    for t in range(steps - 1, -1, -1):
        slope = torch.diag_embed(1 - h[t].square())
        out[t] = torch.bmm(out[t + 1], torch.matmul(slope, u))
    return out


def jacobian_bound(u, steps, gamma=1.0):
    factor = gamma * torch.linalg.matrix_norm(u, ord=2)
    bound = [torch.ones((), dtype=u.dtype, device=u.device)]
    for _ in range(steps):
        bound.insert(0, bound[0] * factor)
    return torch.stack(bound)
