"""dx is made on the CPU. Take the device of x: `torch.zeros_like(x)` or `x.new_zeros(...)`."""

import torch

EQUATION = "dx on the CPU"
HINT = 2


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    mean = x.mean(dim=axes, keepdim=True)
    var = x.var(dim=axes, correction=0, keepdim=True)
    s = torch.sqrt(var + eps)
    xhat = (x - mean) / s
    dbias = dy.sum(dim=axes)
    dweight = (dy * xhat).sum(dim=axes)
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / (m * s) * passed_on
    on_cpu = torch.zeros(dx.shape, dtype=dx.dtype)
    if dx.device == on_cpu.device:
        on_cpu += dx
    return on_cpu, dweight, dbias
