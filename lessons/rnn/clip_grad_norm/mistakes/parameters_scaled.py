"""The parameters are scaled, not their gradients. A net is not trained by shrinking it."""

import torch

EQUATION = "theta <- theta min(1, max_norm / norm)"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    if not parameters:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(p.grad) for p in parameters]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for p in parameters:
        p.data.mul_(factor)
    return norm
