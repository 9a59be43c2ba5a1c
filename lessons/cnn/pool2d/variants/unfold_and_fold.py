"""Columns of F.unfold, one for each window, and F.fold for the way back."""

import torch
import torch.nn.functional as F


def columns(x, kernel_size, stride, padding, value):
    batch, channels = x.shape[:2]
    wide = F.pad(x, (padding,) * 4, value=value).flatten(0, 1)[:, None]
    return F.unfold(wide, kernel_size, stride=stride).unflatten(0, (batch, channels))


def image(cols, x, kernel_size, stride, padding):
    wide = (x.shape[2] + 2 * padding, x.shape[3] + 2 * padding)
    dx = F.fold(cols.flatten(0, 1), wide, kernel_size, stride=stride).reshape(*x.shape[:2], *wide)
    return dx[..., padding : padding + x.shape[2], padding : padding + x.shape[3]]


def grid(x, kernel_size, stride, padding):
    return [(side + 2 * padding - k) // stride + 1 for side, k in zip(x.shape[2:], kernel_size, strict=True)]


def max_pool2d(x, kernel_size, stride, padding=0):
    best = columns(x, kernel_size, stride, padding, float("-inf")).max(dim=2).values
    return best.unflatten(2, grid(x, kernel_size, stride, padding))


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    cols = columns(x, kernel_size, stride, padding, float("-inf"))
    equal = cols == cols.amax(dim=2, keepdim=True)
    first = equal & (equal.cumsum(dim=2) == 1)
    return image(first * dy.reshape(*dy.shape[:2], 1, -1), x, kernel_size, stride, padding)


def avg_pool2d(x, kernel_size, stride, padding=0):
    inside = columns(torch.ones_like(x), kernel_size, stride, padding, 0.0).sum(dim=2)
    mean = columns(x, kernel_size, stride, padding, 0.0).sum(dim=2) / inside
    return mean.reshape(*x.shape[:2], *grid(x, kernel_size, stride, padding))


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    inside = columns(torch.ones_like(x), kernel_size, stride, padding, 0.0)
    shares = inside / inside.sum(dim=2, keepdim=True) * dy.flatten(2)[:, :, None]
    return image(shares, x, kernel_size, stride, padding)
