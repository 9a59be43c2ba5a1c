"""The factor is upside down: norm / max_norm. With the lid at 1, long gradients stay as they are and short ones shrink."""

import torch

EQUATION = "g <- g min(1, norm / max_norm)"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (norm / max_norm).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
