"""Only the first term of dx has the weight. All three come from xhat, where weight dy arrives."""

import torch

EQUATION = "dx = 1 / (m s) (m weight dy - dbias - xhat dweight)"
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
    passed_on = m * weight[:, None, None] * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = passed_on / (m * s)
    return dx, dweight, dbias
