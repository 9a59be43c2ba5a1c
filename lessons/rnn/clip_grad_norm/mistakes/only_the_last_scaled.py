"""Only the last gradient is scaled: the line stands outside its loop."""

import torch

EQUATION = "g_K <- g_K min(1, max_norm / norm)"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    gradients[-1].mul_(factor)
    return norm
