"""The walk ends at the first parameter without a gradient. Pass it over and go on."""

import torch

EQUATION = "k = 1 .. first None"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    gradients = []
    for p in parameters:
        if p.grad is None:
            break
        gradients.append(p.grad)
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
