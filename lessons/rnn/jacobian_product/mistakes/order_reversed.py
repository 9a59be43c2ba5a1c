"""The factors stand in the wrong order. The latest step is leftmost: it is applied last."""

import torch

EQUATION = "dh_T/dh_t = J_{t+1} ... J_{T-1} J_T"
HINT = 1


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in reversed(range(steps)):
        step = (1 - h[t] ** 2)[:, :, None] * u
        product = step @ product
        products.append(product)
    return torch.stack(products[::-1])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
