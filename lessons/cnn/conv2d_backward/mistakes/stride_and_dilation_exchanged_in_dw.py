"""Stride and dilation are exchanged in dw. Kernel entry (u, v) meets x at rows i s + u d: dy's entries lie s apart on x, and a step of u or v is d long. As a convolution of x with dy, dilation is s and stride d."""

import torch
from torch.nn import functional as F

EQUATION = "dw[o,c,u,v] = sum_nij dy[n,o,i,j] xpad[n,c,i d + u s,j d + v s]"
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
            seen = xpad[:, :, u * stride :: dilation, v * stride :: dilation][:, :, :h_out, :w_out]
            part = dy[:, :, : seen.shape[2], : seen.shape[3]]
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", part, seen)
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
