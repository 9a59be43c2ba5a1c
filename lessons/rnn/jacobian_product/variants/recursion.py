"""The first step's factor to the right of what the later ones give."""

import torch


def jacobian_product(h, u):
    batch, units = h.shape[1:]
    if h.shape[0] == 0:
        return torch.eye(units, dtype=u.dtype, device=u.device).repeat(1, batch, 1, 1)
    later = jacobian_product(h[1:], u)
    first = later[0] @ torch.diag_embed(1 - h[0] ** 2) @ u
    return torch.cat([first[None], later])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.norm(u, 2)
    exponents = torch.tensor([float(steps - t) for t in range(steps + 1)], dtype=u.dtype, device=u.device)
    return torch.pow(gamma * sigma, exponents)
