"""Everything from uniform numbers: normal ones by Box and Muller's transform."""

import math

import torch


class Kaiming:
    def __init__(self, mode, distribution):
        if mode not in {"fan_in", "fan_out"} or distribution not in {"normal", "uniform"}:
            raise ValueError("unknown")
        self.axis, self.normal = int(mode == "fan_in"), distribution == "normal"

    def std(self, shape):
        if len(shape) < 2:
            raise ValueError("too few axes")
        return math.sqrt(2 / (shape[self.axis] * math.prod(shape[2:])))

    def unit(self, shape):
        u = torch.rand(shape)
        if not self.normal:
            return math.sqrt(3) * (2 * u - 1)
        return torch.sqrt(-2 * torch.log1p(-u)) * torch.cos(2 * torch.pi * torch.rand(shape))


@torch.no_grad()
def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    rule = Kaiming(mode, distribution)
    weight.zero_().add_(rule.unit(weight.shape) * rule.std(weight.shape))
    return weight
