"""Gradients are multiplied by max_norm, without dividing by the norm."""

import torch

EQUATION = "g <- g min(1, max_norm)"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = min(1.0, float(max_norm))
    for g in gradients:
        g.mul_(factor)
    return norm
