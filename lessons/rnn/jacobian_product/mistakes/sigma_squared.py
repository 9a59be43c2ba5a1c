"""The eigenvalue of U^T U is the square of the singular value: its root is missing."""

import torch

EQUATION = "(gamma sigma_max^2)^(T - t)"
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
    sigma = torch.linalg.eigvalsh(u.T @ u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
