"""The old numbers are multiplied by 0, and NaN or infinity times 0 is NaN. Fresh memory may hold either: overwrite it."""

import math

import torch

EQUATION = "w = 0 w + drawn,   0 NaN = NaN"
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
        weight.mul_(0).add_(std * torch.randn_like(weight))
    else:
        weight.uniform_(-bound, bound)
    return weight
