"""The exponent is one too large: from h_t to h_T there are T - t steps, and none from h_T to itself."""

import torch

EQUATION = "bound[t] = (gamma sigma_max)^(T - t + 1)"
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
    left = torch.arange(steps + 1, 0, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
