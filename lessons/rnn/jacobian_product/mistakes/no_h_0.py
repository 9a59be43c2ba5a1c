"""dh_T/dh_0 is missing: the last factor leads from h_1 to h_0. t runs from 0: T + 1 matrices."""

import torch

EQUATION = "t = 1 .. T"
HINT = 2


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in reversed(range(1, steps)):
        step = (1 - h[t] ** 2)[:, :, None] * u
        product = product @ step
        products.append(product)
    return torch.stack(products[::-1])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
