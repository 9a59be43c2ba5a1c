"""The root is missing: this is the norm's square."""

import torch

EQUATION = "norm = sum g^2"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.stack([g.square().sum() for g in gradients]).sum()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
