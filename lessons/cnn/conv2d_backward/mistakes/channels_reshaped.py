"""The kernel is reshaped from (O, C) to (C, O). A reshape keeps the order of the numbers and mixes the kernels; to exchange two axes use transpose, or let einsum name them."""

import torch
from torch.nn import functional as F

EQUATION = "w.reshape(C, O, kh, kw) in place of w.transpose(0, 1)"
HINT = 2

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    back = w.reshape(w.shape[1], w.shape[0], kh, kw)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + stride * (h_out - 1) + 1, stride)
            columns = slice(v * dilation, v * dilation + stride * (w_out - 1) + 1, stride)
            dxpad[:, :, rows, columns] += torch.einsum("bohw,co->bchw", dy, back[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
