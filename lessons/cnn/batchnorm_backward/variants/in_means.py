"""The formula in means; one einsum for each of the two sums."""

import torch


def batchnorm_backward(dy, x, weight, eps=1e-5):
    m = x[:, 0].numel()
    var, mean = torch.var_mean(x, dim=(0, 2, 3), unbiased=False)
    inverse = torch.rsqrt(var + eps)
    xhat = torch.einsum("nchw,c->nchw", x - mean.view(1, -1, 1, 1), inverse)
    dweight = torch.einsum("nchw,nchw->c", dy, xhat)
    dbias = torch.einsum("nchw->c", dy)
    bracket = dy - (dbias / m).view(1, -1, 1, 1) - xhat * (dweight / m).view(1, -1, 1, 1)
    return [torch.einsum("nchw,c,c->nchw", bracket, inverse, weight), dweight, dbias]
