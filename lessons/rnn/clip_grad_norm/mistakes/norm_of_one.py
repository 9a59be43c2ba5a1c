"""Long gradients are brought to norm 1. They should end at max_norm."""

import torch

EQUATION = "g <- g / norm,  where norm > max_norm"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = 1.0 / norm if norm > max_norm else 1.0
    for g in gradients:
        g.mul_(factor)
    return norm
