"""One output after the other, through weight.data."""

import torch


def kaiming_init_(weight, mode="fan_in", distribution="normal"):
    if mode != "fan_in" and mode != "fan_out":
        raise ValueError(mode)
    if distribution != "normal" and distribution != "uniform":
        raise ValueError(distribution)
    if len(weight.shape) <= 1:
        raise ValueError("a bias is not drawn")
    fan = weight.size(1) if mode == "fan_in" else weight.size(0)
    for side in weight.shape[2:]:
        fan *= side
    variance = 2 / fan
    for kernel in weight.data:
        if distribution == "uniform":
            kernel.uniform_(-((3 * variance) ** 0.5), (3 * variance) ** 0.5)
        else:
            kernel.normal_(mean=0.0, std=variance**0.5)
    return weight
