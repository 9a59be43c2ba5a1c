"""Two things at once: dilation does nothing, and the bias is never added. Entries of the kernel look at pixels d apart; every output of kernel o gets b[o]."""

import torch
from torch.nn import functional as F

EQUATION = "y = sum w[o,c,u,v] xpad[n,c, i s + u, j s + v]"
HINT = 1


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    h_out = (x.shape[2] + 2 * padding - (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] + 2 * padding - (kw - 1) - 1) // stride + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u :: stride, v :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    return y
