"""torch.distributions draws, and the weight takes the numbers over."""

import torch
from torch.distributions import Normal, Uniform


def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    try:
        axis = ("fan_out", "fan_in").index(mode)
        kind = ("normal", "uniform").index(distribution)
    except ValueError as error:
        raise ValueError("see the docstring") from error
    if weight.dim() == 1:
        raise ValueError("one axis only")
    std = (2 * weight.shape[1 - axis] / weight.numel()) ** 0.5
    source = Normal(0.0, std) if kind == 0 else Uniform(-std * 3**0.5, std * 3**0.5)
    weight.detach()[...] = source.sample(weight.shape).to(weight)
    return weight
