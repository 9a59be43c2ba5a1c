"""Gradients are always brought to max_norm, short ones made longer. Clipping only scales down."""

import torch

EQUATION = "g <- g max_norm / norm"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6))
    for g in gradients:
        g.mul_(factor)
    return norm
