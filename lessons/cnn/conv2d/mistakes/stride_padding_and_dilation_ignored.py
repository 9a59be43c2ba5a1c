"""Stride, padding and dilation do nothing: this is the bare sum. The kernel moves by s, its entries lie d apart, and p zeros surround the image."""

import torch

EQUATION = "y = b + sum w[o,c,u,v] x[n,c, i + u, j + v]"
HINT = 1


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = x
    h_out = (x.shape[2] - (kh - 1) - 1) + 1
    w_out = (x.shape[3] - (kw - 1) - 1) + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u:, v:][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    if b is not None:
        y = y + b[:, None, None]
    return y
