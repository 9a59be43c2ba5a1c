"""weight stands at the last axis. It belongs to the channels: index it as [:, None, None]."""

import torch

EQUATION = "dx[n,c,i,j] = weight[j] / (m s) (...)"
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
    dx = weight / (m * s) * passed_on
    return dx, dweight, dbias
