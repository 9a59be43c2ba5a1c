"""Gradients that are too long are set to zero: the step is skipped. Clipping shortens it."""

import torch

EQUATION = "g <- 0,  where norm > max_norm"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (norm <= max_norm).to(norm.dtype)
    for g in gradients:
        g.mul_(factor)
    return norm
