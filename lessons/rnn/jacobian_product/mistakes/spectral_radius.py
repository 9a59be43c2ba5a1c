"""The bound has the largest eigenvalue's absolute value. A matrix can stretch by more than that: the norm is the largest singular value."""

import torch

EQUATION = "||dh_T/dh_t|| <= (gamma max |lambda|)^(T - t)"
HINT = 1


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
    sigma = torch.linalg.eigvals(u).abs().max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
