"""The m x m matrix dy/dx of every channel, and its transpose applied to dy."""

import torch


def batchnorm_backward(dy, x, weight, eps=1e-5):
    batch, channels, height, width = x.shape
    rows = x.permute(1, 0, 2, 3).reshape(channels, -1)
    upstream = dy.permute(1, 0, 2, 3).reshape(channels, -1)
    m = rows.shape[1]
    centring = torch.eye(m, dtype=x.dtype, device=x.device) - 1.0 / m
    centred = rows @ centring
    variance = centred.pow(2).sum(1) / m
    s = (variance + eps).sqrt()
    xhat = centred / s[:, None]
    jacobian = weight[:, None, None] / s[:, None, None] * (centring - xhat[:, :, None] * xhat[:, None, :] / m)
    dx = torch.bmm(jacobian.transpose(1, 2), upstream[:, :, None])[:, :, 0]
    dx = dx.reshape(channels, batch, height, width).permute(1, 0, 2, 3)
    return dx, torch.sum(upstream * xhat, 1), torch.sum(upstream, 1)
