"""The exponents grow with t. The further back t lies, the more steps there are: T - t."""

import torch

EQUATION = "bound[t] = (gamma sigma_max)^t"
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
    left = torch.arange(steps + 1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
