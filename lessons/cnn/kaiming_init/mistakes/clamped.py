"""Numbers beyond two standard deviations are moved to that border: many then are alike, and the spread is smaller."""

import math

import torch

EQUATION = "normal: N(0, std^2), clamped to 2 std"
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
        weight.normal_(0, std).clamp_(-2 * std, 2 * std)
    else:
        weight.uniform_(-bound, bound)
    return weight
