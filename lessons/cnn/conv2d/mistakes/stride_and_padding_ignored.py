"""Neither stride nor padding does anything: p zeros surround the image on each side, and the kernel moves by s pixels per output."""

import torch

EQUATION = "y = b + sum w[o,c,u,v] x[n,c, i + u d, j + v d]"
HINT = 1


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = x
    h_out = (x.shape[2] - dilation * (kh - 1) - 1) + 1
    w_out = (x.shape[3] - dilation * (kw - 1) - 1) + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :, v * dilation :][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    if b is not None:
        y = y + b[:, None, None]
    return y
