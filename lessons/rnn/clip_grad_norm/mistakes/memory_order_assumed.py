"""A gradient is laid out with .view(-1), which fails where it does not lie row by row. Use flatten, or sum over all axes."""

import torch

EQUATION = "g.view(-1)"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.cat([g.view(-1) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
