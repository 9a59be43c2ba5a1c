"""dx has the size of the padded image. The zeros of the border are no input: cut p rows and columns off each side before you return."""

import torch
from torch.nn import functional as F

EQUATION = "dx = dxpad, of shape (B, C, H + 2p, W + 2p)"
HINT = 2

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + stride * (h_out - 1) + 1, stride)
            columns = slice(v * dilation, v * dilation + stride * (w_out - 1) + 1, stride)
            dxpad[:, :, rows, columns] += torch.einsum("bohw,oc->bchw", dy, w[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad
    return dx, dw, dy.sum(dim=(0, 2, 3))
