"""dmean lacks 1/s: xhat = (x - mean) / s."""

import torch

EQUATION = "dmean = - sum dxhat"
HINT = 3


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes = (0, 2, 3)
    m = x.numel() // x.shape[1]
    centred = x - x.mean(dim=axes, keepdim=True)
    var = centred.square().mean(dim=axes, keepdim=True)
    s = torch.sqrt(var + eps)
    dxhat = dy * weight[:, None, None]
    dvar = (dxhat * centred).sum(dim=axes, keepdim=True) * -0.5 / s**3
    dmean = -(dxhat).sum(dim=axes, keepdim=True)
    dx = dxhat / s + dvar * 2.0 * centred / m + dmean / m
    return dx, (dy * centred / s).sum(dim=axes), dy.sum(dim=axes)
