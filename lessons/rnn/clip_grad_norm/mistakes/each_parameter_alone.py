"""Each gradient is clipped by its own norm. That turns the step: one norm and one factor for all keep its direction."""

import torch

EQUATION = "g_k <- g_k min(1, max_norm / ||g_k||)"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_((max_norm / (torch.linalg.vector_norm(g) + 1e-6)).clamp(max=1.0))
    return norm
