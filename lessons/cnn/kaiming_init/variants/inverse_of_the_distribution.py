"""Uniform numbers put through the inverse of the distribution function."""

import torch


def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    match (weight.dim() > 1, mode, distribution):
        case (True, "fan_in" | "fan_out", "normal" | "uniform"):
            pass
        case _:
            raise ValueError("not a rule of He et al.")
    flat = weight.detach().flatten(2) if weight.dim() > 2 else weight.detach().unsqueeze(-1)
    seen = flat.shape[2] * flat.shape[1 if mode == "fan_in" else 0]
    u = torch.empty_like(weight, memory_format=torch.contiguous_format).detach().uniform_(-1, 1)
    if distribution == "normal":
        u = torch.special.erfinv(u.clamp(-1 + 1e-7, 1 - 1e-7)) * (2 / seen**0.5)
    else:
        u = u * (6 / seen) ** 0.5
    was = weight.requires_grad
    weight.requires_grad_(False)
    weight.copy_(u)
    return weight.requires_grad_(was)
