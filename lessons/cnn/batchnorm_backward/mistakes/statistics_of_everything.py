"""One mean and one variance for the whole batch. Each channel has its own."""

import torch

EQUATION = "mean = 1/(N C H W) sum_ncij x[n,c,i,j]"
HINT = 2


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    mean = x.mean()
    var = x.var(correction=0)
    s = torch.sqrt(var + eps)
    xhat = (x - mean) / s
    dbias = dy.sum(dim=axes)
    dweight = (dy * xhat).sum(dim=axes)
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / (m * s) * passed_on
    return dx, dweight, dbias
