"""float16 and bfloat16 come back as float32. The result has the dtype of x, whichever that is; add up in float32 if you like, and turn it back."""

import torch
from torch.nn import functional as F

EQUATION = "y.dtype = float32 for x.dtype = float16"
HINT = 3


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    if x.dtype in (torch.float16, torch.bfloat16):
        x, w = x.float(), w.float()
    xpad = F.pad(x, (padding, padding, padding, padding))
    h_out = (x.shape[2] + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    return y if b is None else y + b[:, None, None]
