"""The norm's square is compared with max_norm, though the norm itself divides."""

import torch

EQUATION = "g <- g max_norm / norm,  where norm^2 > max_norm"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = max_norm / (norm + 1e-6) if norm**2 > max_norm else 1.0
    for g in gradients:
        g.mul_(factor)
    return norm
