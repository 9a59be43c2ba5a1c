"""torch._foreach_*, which take whole lists of tensors."""

import torch


def clip_grad_norm(parameters, max_norm):
    gradients = [grad for grad in (p.grad for p in parameters) if grad is not None]
    if not gradients:
        return torch.zeros(())
    norms = torch._foreach_norm(gradients)
    norm = torch.stack([each.double() for each in norms]).norm()
    torch._foreach_mul_(gradients, min(1.0, float(max_norm / (norm + 1e-6))))
    return norm
