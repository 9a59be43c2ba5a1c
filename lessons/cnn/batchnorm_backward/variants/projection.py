"""dy without its parts along 1 and along xhat: two projections on a matrix with one row per channel."""

import torch


def rows_of(tensor):
    return tensor.transpose(0, 1).flatten(1)


def along(rows, direction, square):
    return torch.linalg.vecdot(rows, direction)[:, None] * direction / square


def batchnorm_backward(dy, x, weight, eps=1e-5):
    batch, channels, height, width = x.shape
    upstream, rows = rows_of(dy), rows_of(x)
    m = rows.shape[1]
    flat = torch.ones_like(rows)
    centred = rows - along(rows, flat, m)
    squares = torch.linalg.vecdot(centred, centred)[:, None] / m + eps
    free = upstream - along(upstream, flat, m)
    free = free - along(free, centred, m * squares)
    dx = (free * (weight[:, None] / squares.sqrt())).unflatten(1, (batch, height, width)).transpose(0, 1)
    return dx, (upstream * centred).sum(1) / squares[:, 0].sqrt(), upstream.sum(1)
