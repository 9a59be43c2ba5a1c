"""The norm is the largest entry. That is the maximum norm; asked for is the root of the sum of squares."""

import torch

EQUATION = "norm = max |g|"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.stack([g.abs().max() for g in gradients]).max()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
