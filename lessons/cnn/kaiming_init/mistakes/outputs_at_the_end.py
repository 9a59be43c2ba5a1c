"""The last axis is taken for the outputs, as other libraries lay their kernels: torch's is (O, C, kh, kw)."""

import math

import torch

EQUATION = "fan_in = O C kh,   fan_out = O C kw"
HINT = 2


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (outputs * inputs * pixels) // weight.shape[-1 if mode == "fan_in" else -2]
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
