"""The norm leaves out gradients with fewer than two axes. Biases count too."""

import torch

EQUATION = "norm without biases;  g <- g min(1, max_norm / norm)"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) * (g.dim() > 1) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
