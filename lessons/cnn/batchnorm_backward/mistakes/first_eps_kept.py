"""eps of an earlier call is kept for the same batch. Every call stands for itself."""

import torch

EQUATION = "s = sqrt(var + eps of the first call)"
HINT = 2

kept = {}

def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    mean = x.mean(dim=axes, keepdim=True)
    var = x.var(dim=axes, correction=0, keepdim=True)
    if kept.get('x') is not x:
        kept.update(x=x, s=torch.sqrt(var + eps))
    s = kept['s']
    xhat = (x - mean) / s
    dbias = dy.sum(dim=axes)
    dweight = (dy * xhat).sum(dim=axes)
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]
    dx = weight[:, None, None] / (m * s) * passed_on
    return dx, dweight, dbias
