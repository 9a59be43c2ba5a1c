"""The first channel's weight serves all. Each channel has its own."""

import torch

EQUATION = "dx = weight[0] / (m s) (m dy - dbias - xhat dweight)"
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
    dx = weight[0] / (m * s) * passed_on
    return dx, dweight, dbias
