"""Recording of gradients is switched on at the end even for a caller who had it off: leave it as it was found."""

import math

import torch

EQUATION = "torch.set_grad_enabled(True) at the end"
HINT = 3


def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    torch.set_grad_enabled(False)
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (inputs if mode == "fan_in" else outputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    torch.set_grad_enabled(True)
    return weight
