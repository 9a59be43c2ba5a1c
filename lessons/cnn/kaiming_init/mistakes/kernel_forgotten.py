"""The pixels of the kernel are not counted: one output of a convolution is a sum over C channels and kh kw pixels."""

import math

import torch

EQUATION = "fan_in = C,   fan_out = O"
HINT = 2


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = inputs if mode == "fan_in" else outputs
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
