"""Each gradient's norm is divided by the root of its size before they are joined. Every entry counts alike."""

import torch

EQUATION = "norm = sqrt(sum_k mean g_k^2)"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.stack([g.square().mean() for g in gradients]).sum().sqrt()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
