"""What is not known is not refused: a misspelt mode, distribution, or a bias is to be a ValueError."""

import math

import torch

EQUATION = "else: fan_out, uniform"
HINT = 3


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 1:
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
