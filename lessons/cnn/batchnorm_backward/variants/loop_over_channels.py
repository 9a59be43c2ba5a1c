"""One channel after the other, written into tensors that are there already."""

import torch


def one_channel(dy, x, weight, eps):
    mean = x.mean()
    s = torch.sqrt(((x - mean) ** 2).mean() + eps)
    xhat = (x - mean) / s
    return weight / s * (dy - dy.mean() - xhat * (dy * xhat).mean()), (dy * xhat).sum(), dy.sum()


def batchnorm_backward(dy, x, weight, eps=1e-5):
    dx, dweight, dbias = torch.empty_like(x), torch.empty_like(weight), torch.empty_like(weight)
    for c in range(x.shape[1]):
        dx[:, c], dweight[c], dbias[c] = one_channel(dy[:, c], x[:, c], weight[c], eps)
    return dx, dweight, dbias
