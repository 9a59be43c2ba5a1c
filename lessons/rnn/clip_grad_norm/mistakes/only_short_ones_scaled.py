"""The comparison is the wrong way round: short gradients are made longer and long ones are left."""

import torch

EQUATION = "g <- g max(1, max_norm / norm)"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(min=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
