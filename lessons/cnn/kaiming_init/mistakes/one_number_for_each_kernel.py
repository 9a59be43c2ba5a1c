"""Each kernel holds one number, repeated: every pixel is to be drawn anew."""

import math

import torch

EQUATION = "w[o,c,u,v] = w[o,c]"
HINT = 1


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
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    if weight.dim() == 4:
        weight.copy_(weight[:, :, :1, :1].clone().expand_as(weight))
    return weight
