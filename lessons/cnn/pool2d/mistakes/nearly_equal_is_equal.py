"""The maximum is sought with isclose, so the first number that comes near it takes the gradient away from it. Compare exactly: the output is a copy of the maximum."""

import torch
from torch.nn.functional import pad

EQUATION = "dx[first x[a,b] close to y[i,j]] += dy[n,c,i,j]"
HINT = 3


def max_pool2d(x, kernel_size, stride, padding=0):
    return windows(x, kernel_size, stride, padding, float("-inf")).amax(dim=(4, 5))


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    seen = windows(x, kernel_size, stride, padding, float("-inf"))
    flat = seen.flatten(4)
    place = torch.isclose(flat, flat.amax(dim=4, keepdim=True)).int().argmax(dim=4)
    row, column = place // kernel_size[1], place % kernel_size[1]
    dxpad = padded_zeros(x, padding)
    for u in range(kernel_size[0]):
        for v in range(kernel_size[1]):
            at = entries(u, v, dy, stride)
            dxpad[at] += dy * ((row == u) & (column == v))
    return cropped(dxpad, padding)


def avg_pool2d(x, kernel_size, stride, padding=0):
    return windows(x, kernel_size, stride, padding, 0.0).sum(dim=(4, 5)) / counts(x, kernel_size, stride, padding)


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    share = dy / counts(x, kernel_size, stride, padding)
    dxpad = padded_zeros(x, padding)
    for u in range(kernel_size[0]):
        for v in range(kernel_size[1]):
            at = entries(u, v, dy, stride)
            dxpad[at] += share
    return cropped(dxpad, padding)


def windows(x, kernel_size, stride, padding, value):
    xpad = pad(x, [padding] * 4, value=value)
    return xpad.unfold(2, kernel_size[0], stride).unfold(3, kernel_size[1], stride)


def counts(x, kernel_size, stride, padding):
    return windows(torch.ones_like(x), kernel_size, stride, padding, 0.0).sum(dim=(4, 5))


def entries(u, v, dy, stride):
    h_out, w_out = dy.shape[2:]
    return (..., slice(u, u + stride * h_out, stride), slice(v, v + stride * w_out, stride))


def padded_zeros(x, padding):
    return x.new_zeros(*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding)


def cropped(dxpad, padding):
    return dxpad[:, :, padding : dxpad.shape[2] - padding, padding : dxpad.shape[3] - padding]
