"""dx ends with the last pixel that a window saw. Where the stride leaves rows or columns over, x is larger: those pixels have gradient 0, and dx has the shape of x."""

import torch
from torch.nn import functional as F

EQUATION = "H of dx = (H' - 1) s + d (kh - 1) + 1 - 2p"
HINT = 2

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = x.new_zeros(*x.shape[:2], stride * (h_out - 1) + dilation * (kh - 1) + 1, stride * (w_out - 1) + dilation * (kw - 1) + 1), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + stride * (h_out - 1) + 1, stride)
            columns = slice(v * dilation, v * dilation + stride * (w_out - 1) + 1, stride)
            dxpad[:, :, rows, columns] += torch.einsum("bohw,oc->bchw", dy, w[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : dxpad.shape[2] - padding, padding : dxpad.shape[3] - padding]
    return dx, dw, dy.sum(dim=(0, 2, 3))
