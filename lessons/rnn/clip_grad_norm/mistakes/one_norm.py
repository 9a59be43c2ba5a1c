"""Absolute values are added up. That is the 1-norm; asked for is the root of the sum of squares."""

import torch

EQUATION = "norm = sum |g|"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.stack([g.abs().sum() for g in gradients]).sum()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
