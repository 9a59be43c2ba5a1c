"""The bound of dh_T/dh_T is missing, which is 1: t runs to T."""

import torch

EQUATION = "t = 0 .. T - 1"
HINT = 2


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in reversed(range(steps)):
        step = (1 - h[t] ** 2)[:, :, None] * u
        product = product @ step
        products.append(product)
    return torch.stack(products[::-1])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, 0, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
