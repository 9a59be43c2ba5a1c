"""dx divides by a root of the variance over m - 1, xhat by the one over m. Both are the same s."""

import torch

EQUATION = "dx = weight / (m s') (m dy - dbias - xhat dweight)"
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
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / (m * torch.sqrt(x.var(dim=axes, keepdim=True) + eps)) * passed_on
    return dx, dweight, dbias
