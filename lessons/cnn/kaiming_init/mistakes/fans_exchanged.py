"""fan_in and fan_out have changed places: torch's weights are (O, C, kh, kw), outputs first, and fan_in counts the inputs C kh kw of one output."""

import math

import torch

EQUATION = "fan_in = O kh kw,   fan_out = C kh kw"
HINT = 2


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (outputs if mode == "fan_in" else inputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
