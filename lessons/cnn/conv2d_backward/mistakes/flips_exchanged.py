"""The turn by 180 degrees sits on the wrong side: dw is turned and the kernel in dx is not. Each entry (u, v) gives dx at i s + u d and takes dw[u, v] from the same place."""

import torch
from torch.nn import functional as F

EQUATION = "dx: w[o,c,u,v] not turned;  dw[o,c,kh-1-u,kw-1-v] = sum dy xpad"
HINT = 1

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + stride * (h_out - 1) + 1, stride)
            columns = slice(v * dilation, v * dilation + stride * (w_out - 1) + 1, stride)
            dxpad[:, :, rows, columns] += torch.einsum("bohw,oc->bchw", dy, w[:, :, kh - 1 - u, kw - 1 - v])
            dw[:, :, kh - 1 - u, kw - 1 - v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
