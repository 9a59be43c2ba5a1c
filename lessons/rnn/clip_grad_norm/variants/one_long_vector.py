"""All gradients flattened into one; scaled only where that is too long."""

import torch


def clip_grad_norm(parameters, max_norm):
    held = [p for p in parameters if p.grad is not None]
    if len(held) == 0:
        return torch.tensor(0.0)
    norm = torch.cat([p.grad.reshape(-1).float() if p.grad.dtype == torch.half else p.grad.reshape(-1) for p in held]).norm()
    if norm > max_norm:
        for p in held:
            p.grad *= max_norm / norm
    return norm
