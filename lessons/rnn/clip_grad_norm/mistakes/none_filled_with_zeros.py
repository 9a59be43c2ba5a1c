"""A gradient that is None is made one of zeros. An optimiser with momentum or decay moves such a parameter; None it passes over."""

import torch

EQUATION = "None <- 0"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = []
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
        gradients.append(p.grad)
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
