"""Scaled copies are made and dropped: the parameters keep their gradients as they were."""

import torch

EQUATION = "g <- g"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    gradients = [g * factor for g in gradients]
    return norm
