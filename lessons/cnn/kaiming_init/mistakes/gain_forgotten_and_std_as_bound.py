"""The 2 for ReLU is missing, and std is used as the uniform bound: std^2 is 2 / fan, and a is sqrt(3) std."""

import math

import torch

EQUATION = "std = sqrt(1 / fan),   uniform: U(-std, std)"
HINT = 2


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (inputs if mode == "fan_in" else outputs) * pixels
    std = math.sqrt(1 / fan)
    bound = std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
