"""kw stands for both sides of the kernel. Where it has more rows, they have no part in the sum; where it has fewer, the loop leaves it. Read kh from its own axis."""

import torch
from torch.nn import functional as F

EQUATION = "sum over u < kw, v < kw"
HINT = 2


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh = kw = w.shape[3]
    xpad = F.pad(x, (padding, padding, padding, padding))
    h_out = (x.shape[2] + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    if b is not None:
        y = y + b[:, None, None]
    return y
