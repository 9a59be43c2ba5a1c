"""Where all gradients are 0, 0 is divided by 0, and everything becomes nan. Add 1e-6, or scale only where the norm is above max_norm."""

import torch

EQUATION = "g <- g / norm min(norm, max_norm)"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = norm.clamp(max=max_norm) / norm
    for g in gradients:
        g.mul_(factor)
    return norm
