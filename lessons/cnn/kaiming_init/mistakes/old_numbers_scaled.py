"""What was in the weight is scaled, nothing is drawn: a fresh weight holds whatever lay in memory."""

import math

import torch

EQUATION = "w = std w"
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
    weight.mul_(std)
    return weight
