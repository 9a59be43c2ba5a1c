"""Without any gradient there is nothing to stack. The norm is 0 then."""

import torch

EQUATION = "norm = sqrt(sum over nothing), refused"
HINT = 3


def clip_grad_norm(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for g in gradients:
        g.mul_(factor)
    return norm
