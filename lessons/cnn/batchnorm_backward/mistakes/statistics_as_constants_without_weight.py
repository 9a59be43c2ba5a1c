"""Mean and variance are taken for constants, and weight is left out too. In training both move with x, and weight stands between dy and xhat."""

import torch

EQUATION = "dx = dy / s"
HINT = 1


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    mean = x.mean(dim=axes, keepdim=True)
    var = x.var(dim=axes, correction=0, keepdim=True)
    s = torch.sqrt(var + eps)
    xhat = (x - mean) / s
    dbias = dy.sum(dim=axes)
    dweight = (dy * xhat).sum(dim=axes)
    passed_on = m * dy
    dx = passed_on / (m * s)
    return dx, dweight, dbias
