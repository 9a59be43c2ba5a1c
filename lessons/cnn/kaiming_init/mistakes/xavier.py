"""This is Glorot and Bengio's rule, for layers without a ReLU: it takes the mean of both fans, and does not make up for the half that ReLU cuts off."""

import math

import torch

EQUATION = "std = sqrt(2 / (fan_in + fan_out))"
HINT = 1


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.dim() < 2 or mode not in ("fan_in", "fan_out") or distribution not in ("normal", "uniform"):
        raise ValueError("no such weight, mode or distribution")
    outputs, inputs, *kernel = weight.shape
    pixels = math.prod(kernel)
    fan = (inputs + outputs) * pixels
    std = math.sqrt(2 / fan)
    bound = math.sqrt(3) * std
    if distribution == "normal":
        weight.normal_(0, std)
    else:
        weight.uniform_(-bound, bound)
    return weight
