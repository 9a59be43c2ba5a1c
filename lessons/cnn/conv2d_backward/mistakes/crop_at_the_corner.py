"""The border is cut off at the bottom and on the right only, so dx is shifted by p. Pixel (a, e) of x lies at (a + p, e + p) of the padded image."""

import torch
from torch.nn import functional as F

EQUATION = "dx[n,c,a,e] = dxpad[n,c,a,e]"
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
    dx = dxpad[:, :, : x.shape[2], : x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
