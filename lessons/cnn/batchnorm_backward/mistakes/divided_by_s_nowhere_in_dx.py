"""dx is not divided by s. xhat = (x - mean) / s, so a step of x is a step of 1/s of xhat."""

import torch

EQUATION = "dx = weight / m (m dy - dbias - xhat dweight)"
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
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / m * passed_on
    return dx, dweight, dbias
