"""The numbers come from a new generator with a seed from the system: no run can then be repeated."""

import math

import torch

EQUATION = "generator with torch.Generator().seed()"
HINT = 3

GENERATOR = torch.Generator()
GENERATOR.seed()


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
        weight.normal_(0, std, generator=GENERATOR)
    else:
        weight.uniform_(-bound, bound, generator=GENERATOR)
    return weight
