"""Each .grad is a new tensor. Scale in place: others, as the buffers of several processes, hold the old one."""

import torch

EQUATION = "p.grad is another tensor"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    if not parameters:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(p.grad) for p in parameters]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for p in parameters:
        p.grad = (p.grad * factor).to(p.dtype)
    return norm
