"""The border of x itself is overwritten with zeros. That destroys the caller's image and makes nothing wider: build a larger tensor and put x into its middle."""

import torch

EQUATION = "x[border] <- 0,  H' = floor((H - d(kh-1) - 1) / s) + 1"
HINT = 2


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    if padding:
        x[:, :, :padding] = x[:, :, -padding:] = 0
        x[:, :, :, :padding] = x[:, :, :, -padding:] = 0
    h_out = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = x[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    if b is not None:
        y = y + b[:, None, None]
    return y
