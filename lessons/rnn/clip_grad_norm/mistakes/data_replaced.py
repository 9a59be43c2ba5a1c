"""The memory behind each .grad is another one. Scale in place: others, as the buffers of several processes, share the old one."""

import torch

EQUATION = "p.grad.data is another tensor"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.data = (g * factor).to(g.dtype)
    return norm
