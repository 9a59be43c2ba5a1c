"""The slope at each step is that of the state it starts from. tanh gave the state it arrives at. Only in the paper, whose state is the sum before tanh, it is so."""

import torch

EQUATION = "dh_k/dh_{k-1} = diag(1 - h_{k-1}^2) U"
HINT = 2


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in reversed(range(steps)):
        step = (1 - (h[t - 1] if t > 0 else h[0]) ** 2)[:, :, None] * u
        product = product @ step
        products.append(product)
    return torch.stack(products[::-1])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svdvals(u).max()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
