"""The squares are averaged over all entries. A norm is the root of their sum, however many there are."""

import torch

EQUATION = "norm = sqrt(mean g^2)"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.cat([g.flatten() for g in gradients]).square().mean().sqrt()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
