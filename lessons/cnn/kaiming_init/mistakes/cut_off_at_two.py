"""The normal distribution is cut off at two standard deviations: what is left is narrower than std."""

import math

import torch

EQUATION = "normal: N(0, std^2) within 2 std"
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
        cut(weight, std)
    else:
        weight.uniform_(-bound, bound)
    return weight


def cut(weight, std):
    weight.normal_(0, std)
    while (far := weight.abs() > 2 * std).any():
        weight.copy_(torch.where(far, torch.randn_like(weight) * std, weight))
