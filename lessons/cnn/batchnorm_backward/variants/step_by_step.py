"""Back through every single operation of the layer, in reverse order, each with its own gradient."""

import torch


def spread(value, like):
    return value[None, :, None, None].expand(like.shape)


def batchnorm_backward(dy, x, weight, eps=1e-5):
    axes, m = [0, 2, 3], x.numel() / x.shape[1]
    centred = x - spread(x.mean(axes), x)
    root = torch.sqrt(centred.square().mean(axes) + eps)
    inverse = 1 / root
    dbias = dy.sum(axes)
    dweight = torch.sum(dy * centred * spread(inverse, x), axes)
    dxhat = dy * spread(weight, x)
    dinverse = (dxhat * centred).sum(axes)
    dcentred = dxhat * spread(inverse, x)
    droot = -dinverse * inverse * inverse
    dvar = 0.5 * droot / root
    dsquares = spread(dvar / m, x)
    dcentred = dcentred + 2 * centred * dsquares
    dmean = -dcentred.sum(axes)
    return dcentred + spread(dmean / m, x), dweight, dbias
