"""A generator of your own is started from the global seed in each call: all weights of one shape get the same numbers. Draw from the global generator."""

import math

import torch

EQUATION = "numbers from torch.Generator().manual_seed(torch.initial_seed())"
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
    own = torch.Generator().manual_seed(torch.initial_seed())
    if distribution == "normal":
        weight.normal_(0, std, generator=own)
    else:
        weight.uniform_(-bound, bound, generator=own)
    return weight
