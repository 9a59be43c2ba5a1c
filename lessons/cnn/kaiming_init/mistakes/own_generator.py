"""The numbers come from a generator of your own: torch.manual_seed then changes nothing, and every weight of a shape is alike."""

import math

import torch

EQUATION = "generator = torch.Generator().manual_seed(0)"
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
        weight.normal_(0, std, generator=torch.Generator().manual_seed(0))
    else:
        weight.uniform_(-bound, bound, generator=torch.Generator().manual_seed(0))
    return weight
