"""The places in memory are counted as if x lay row by row. A transposed or channels-last x does not: take x.stride(), or x.contiguous() first."""

import torch
from torch.nn import functional as F

EQUATION = "y from memory[c H W + i W + j] instead of x[c, i, j]"
HINT = 3


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding)) if padding else x
    h_out = (x.shape[2] + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    images, channels, height, width = xpad.shape
    size = (images, channels, h_out, w_out, kh, kw)
    area = height * width
    places = (channels * area, area, width * stride, stride, width * dilation, dilation)
    y = torch.einsum("ocuv,bcijuv->boij", w, xpad.as_strided(size, places))
    return y if b is None else y + b[:, None, None]
