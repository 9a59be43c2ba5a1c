"""The output size is rounded up, so the last step hangs over the edge. A step that does not fit is dropped: round down."""

import math

import torch
from torch.nn import functional as F

EQUATION = "H' = ceil((H + 2p - d(kh-1) - 1) / s) + 1"
HINT = 2


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding + stride, padding, padding + stride))
    h_out = math.ceil((x.shape[2] + 2 * padding - dilation * (kh - 1) - 1) / stride) + 1
    w_out = math.ceil((x.shape[3] + 2 * padding - dilation * (kw - 1) - 1) / stride) + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    if b is not None:
        y = y + b[:, None, None]
    return y
