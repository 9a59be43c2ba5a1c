"""A weight with one axis is filled as if it were a layer: it has no inputs, so no fan. That is a ValueError."""

import math

import torch

EQUATION = "one axis: fan = O"
HINT = 3


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape if weight.dim() > 1 else (*weight.shape, 1)
    pixels = math.prod(kernel)
    fan = (inputs if mode == "fan_in" else outputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
