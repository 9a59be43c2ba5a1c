"""Each entry is cut off at max_norm. That is clipping by value, and it turns the step."""

import torch

EQUATION = "g[i] <- min(max(g[i], -max_norm), max_norm)"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.clamp_(-max_norm, max_norm)
    return norm
