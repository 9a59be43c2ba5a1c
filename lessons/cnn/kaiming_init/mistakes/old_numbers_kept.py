"""The drawn numbers are added to what was there: they are to replace it."""

import math

import torch

EQUATION = "w = w + drawn"
HINT = 3


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (inputs if mode == "fan_in" else outputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        drawn = torch.randn(weight.shape, dtype=weight.dtype) * std
    else:
        drawn = (2 * torch.rand(weight.shape, dtype=weight.dtype) - 1) * bound
    weight.add_(drawn)
    return weight
