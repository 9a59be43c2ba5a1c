"""reshape(C, -1) mixes images and channels: it reads memory image by image. Move the channels to the front first."""

import torch

EQUATION = "rows = x.reshape(C, N H W)"
HINT = 2


def batchnorm_backward(dy, x, weight, eps=1e-5):
    channels = x.shape[1]
    rows, upstream = x.reshape(channels, -1), dy.reshape(channels, -1)
    centred = rows - rows.mean(dim=1, keepdim=True)
    s = (centred.square().mean(dim=1, keepdim=True) + eps).sqrt()
    xhat = centred / s
    dbias, dweight = upstream.sum(dim=1), (upstream * xhat).sum(dim=1)
    passed_on = upstream - upstream.mean(dim=1, keepdim=True) - xhat * (upstream * xhat).mean(dim=1, keepdim=True)
    return (weight[:, None] / s * passed_on).reshape(x.shape), dweight, dbias
