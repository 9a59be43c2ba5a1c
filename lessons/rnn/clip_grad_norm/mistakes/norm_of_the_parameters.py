"""The norm is that of the parameters. Their gradients are what is measured."""

import torch

EQUATION = "norm = ||theta||"
HINT = 1


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    if not parameters:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(p.detach()) for p in parameters]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for p in parameters:
        p.grad.mul_(factor)
    return norm
