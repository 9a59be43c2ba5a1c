"""The pixels that the stride leaves over are put in front, so dx is shifted. The windows start at the first row and column; what is left over lies at the end."""

import torch
from torch.nn import functional as F

EQUATION = "dxpad[n,c,i s + u d + r,..] += w dy,  r the rest of the stride"
HINT = 2

def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    h_out, w_out = dy.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    rest_h = (xpad.shape[2] - dilation * (kh - 1) - 1) % stride
    rest_w = (xpad.shape[3] - dilation * (kw - 1) - 1) % stride
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + stride * (h_out - 1) + 1, stride)
            columns = slice(v * dilation, v * dilation + stride * (w_out - 1) + 1, stride)
            down = slice(rows.start + rest_h, rows.stop + rest_h, stride)
            right = slice(columns.start + rest_w, columns.stop + rest_w, stride)
            dxpad[:, :, down, right] += torch.einsum("bohw,oc->bchw", dy, w[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
