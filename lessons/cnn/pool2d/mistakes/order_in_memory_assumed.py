"""Windows are read by as_strided as if every tensor lay row by row in memory. Channels-last tensors and transposed ones do not: index, or unfold, or use x.stride()."""

import torch
from torch.nn.functional import pad

EQUATION = "window entries at c H W + row W + column of the storage"
HINT = 3


def max_pool2d(x, kernel_size, stride, padding=0):
    return windows(x, kernel_size, stride, padding, float("-inf")).amax(dim=(4, 5))


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    seen = windows(x, kernel_size, stride, padding, float("-inf"))
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
    (batch, channels, height, width), (kh, kw) = xpad.shape, kernel_size
    h_out, w_out = (height - kh) // stride + 1, (width - kw) // stride + 1
    steps = (channels * height * width, height * width, stride * width, stride, width, 1)
    return xpad.as_strided((batch, channels, h_out, w_out, kh, kw), steps)


def counts(x, kernel_size, stride, padding):
    return windows(torch.ones_like(x), kernel_size, stride, padding, 0.0).sum(dim=(4, 5))


def entries(u, v, dy, stride):
    h_out, w_out = dy.shape[2:]
    return (..., slice(u, u + stride * h_out, stride), slice(v, v + stride * w_out, stride))


def padded_zeros(x, padding):
    return x.new_zeros(*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding)


def cropped(dxpad, padding):
    return dxpad[:, :, padding : dxpad.shape[2] - padding, padding : dxpad.shape[3] - padding]
