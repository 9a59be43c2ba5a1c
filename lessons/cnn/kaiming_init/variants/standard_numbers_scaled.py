"""Standard numbers in the default type, scaled and copied."""

import torch


def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if weight.ndim < 2:
        raise ValueError("give me a weight with outputs and inputs")
    fans = {"fan_in": weight[0].numel(), "fan_out": weight[:, 0].numel()}
    draws = {"normal": torch.randn, "uniform": lambda shape: (torch.rand(shape) - 0.5) * 12**0.5}
    if mode not in fans or distribution not in draws:
        raise ValueError(f"{mode}, {distribution}?")
    with torch.no_grad():
        weight.copy_(draws[distribution](weight.shape) * (2.0 / fans[mode]) ** 0.5)
    return weight
