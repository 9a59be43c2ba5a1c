"""The norms of the parameters are averaged. All gradients together are one vector with one norm."""

import torch

EQUATION = "norm = mean_k ||g_k||"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.stack([torch.linalg.vector_norm(g) for g in gradients]).mean()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
