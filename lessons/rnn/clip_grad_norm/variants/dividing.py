"""Divided by how many times too long they are, all at once by torch's operation on lists."""

import torch


def clip_grad_norm(parameters, max_norm):
    gradients = []
    for p in parameters:
        if p.grad is not None:
            gradients.append(p.grad)
    norm = torch.zeros((), dtype=torch.float64)
    for g in gradients:
        norm = torch.hypot(norm, g.double().norm())
    times_too_long = torch.clamp(norm / max_norm, min=1.0)
    for g in gradients:
        with torch.no_grad():
            g /= times_too_long
    return norm
