"""The stride is left out of both gradients. Output (i, j) looked at the window that starts at row i s and column j s; dx and dw must go back to the same pixels."""

import torch
from torch.nn import functional as F

EQUATION = "i + u d in place of i s + u d, in dx and in dw"
HINT = 1

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + h_out)
            columns = slice(v * dilation, v * dilation + w_out)
            dxpad[:, :, rows, columns] += torch.einsum("bohw,oc->bchw", dy, w[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
