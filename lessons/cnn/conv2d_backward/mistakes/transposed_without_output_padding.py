"""Written as a full correlation, dy with its zeros between is surrounded by d (k - 1) - p zeros on each side, and the rest of the stride is missing at the end: dx is cut short and filled up in front."""

import torch
from torch.nn import functional as F

EQUATION = "H of dx = (H' - 1) s + d (kh - 1) + 1 - 2p, zeros in front up to H"
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
    dx = dxpad[:, :, : stride * (h_out - 1) + dilation * (kh - 1) + 1, : stride * (w_out - 1) + dilation * (kw - 1) + 1]
    dx = dx[:, :, padding : dx.shape[2] - padding, padding : dx.shape[3] - padding]
    dx = F.pad(dx, (x.shape[3] - dx.shape[3], 0, x.shape[2] - dx.shape[2], 0))
    return dx, dw, dy.sum(dim=(0, 2, 3))
