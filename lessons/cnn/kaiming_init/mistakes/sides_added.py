"""The sides of the kernel are added: it has kh times kw pixels."""

import math

import torch

EQUATION = "fan_in = C (kh + kw)"
HINT = 2


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = sum(kernel) if kernel else 1
    fan = (inputs if mode == "fan_in" else outputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
