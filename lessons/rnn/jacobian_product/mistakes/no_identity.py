"""dh_T/dh_T is missing. It is the identity, and t runs to T: T + 1 matrices."""

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
    return torch.stack(products[:0:-1])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
