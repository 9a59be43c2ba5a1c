"""dx is made with m - 1. The layer of the stub divides its variance by m."""

import torch

EQUATION = "dx = weight / ((m-1) s) ((m-1) dy - dbias - xhat dweight)"
HINT = 3


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    mean = x.mean(dim=axes, keepdim=True)
    var = x.var(dim=axes, correction=0, keepdim=True)
    s = torch.sqrt(var + eps)
    xhat = (x - mean) / s
    dbias = dy.sum(dim=axes)
    dweight = (dy * xhat).sum(dim=axes)
    passed_on = (m - 1) * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / (max(m - 1, 1) * s) * passed_on
    return dx, dweight, dbias
