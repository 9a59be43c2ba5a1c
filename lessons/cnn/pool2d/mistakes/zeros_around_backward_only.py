"""max_pool2d is right, but max_pool2d_backward looks for the maximum among zeros outside of the image too: at the edge they win over negative numbers, and their gradient is lost. Padding is minus infinity in both."""

import torch
from torch.nn.functional import pad

EQUATION = "dx[first maximum of window (i,j)] += dy,  xpad = 0 outside"
HINT = 2



def max_pool2d(x, kernel_size, stride, padding=0):
    return windows(x, kernel_size, stride, padding, float("-inf")).amax(dim=(4, 5))


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    seen = windows(x, kernel_size, stride, padding, 0.0)
    place = seen.flatten(4).argmax(dim=4)
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
