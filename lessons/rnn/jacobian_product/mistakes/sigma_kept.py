"""sigma_max is computed once and kept. An optimiser moves U in place, and the kept number stays behind."""

import torch

EQUATION = "(gamma sigma_max(U'))^(T - t),  U' of the first call"
HINT = 3


def jacobian_product(h, u):
    steps, batch, units = h.shape
    product = torch.eye(units, dtype=h.dtype, device=h.device).expand(batch, units, units)
    products = [product]
    for t in reversed(range(steps)):
        step = (1 - h[t] ** 2)[:, :, None] * u
        product = product @ step
        products.append(product)
    return torch.stack(products[::-1])


KEPT = {}


def jacobian_bound(u, steps, gamma=1.0):
    if id(u) not in KEPT:
        KEPT[id(u)] = u, torch.linalg.svdvals(u).max()
    sigma = KEPT[id(u)][1]
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma) ** left
