"""Columns from the front: for each t the product is built anew, forwards, from h_t to h_T."""

import torch


def one(h, u):
    """From the state before h[0] to h[-1], for one sequence."""
    jacobian = torch.eye(u.shape[0], dtype=u.dtype, device=u.device)
    for state in h:
        jacobian = (1 - state**2).unsqueeze(1) * (u @ jacobian)
    return jacobian


def jacobian_product(h, u):
    return torch.stack([torch.stack([one(h[t:, n], u) for n in range(h.shape[1])]) for t in range(len(h) + 1)])


def jacobian_bound(u, steps, gamma=1.0):
    sigma = torch.linalg.svd(u)[1][0]
    powers = torch.ones(steps + 1, dtype=u.dtype, device=u.device)
    powers[:-1] = gamma * sigma
    return powers.flip(0).cumprod(0).flip(0)
