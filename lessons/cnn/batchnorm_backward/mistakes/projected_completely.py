"""All that points along xhat is taken out of dx. eps does not grow with x, so sum xhat^2 is a little less than m and a little is left: divide by m, not by sum xhat^2."""

import torch

EQUATION = "dx = weight / s (dy - mean(dy) - xhat dweight / sum xhat^2)"
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
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None] * m / xhat.square().sum(dim=axes, keepdim=True).clamp(min=1e-300)
    dx = weight[:, None, None] / (m * s) * passed_on
    return dx, dweight, dbias
