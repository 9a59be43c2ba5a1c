"""dx takes dy as if its rows and columns lay side by side. With stride s, output i looked at row i s, so its gradient goes back there: s - 1 zeros belong between the entries of dy."""

import torch
from torch.nn import functional as F

EQUATION = "dxpad[n,c,i + u d,j + v d] += w[o,c,u,v] dy[n,o,i,j]"
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
            near = dxpad[:, :, u * dilation : u * dilation + h_out, v * dilation : v * dilation + w_out]
            near += torch.einsum("bohw,oc->bchw", dy, w[:, :, u, v])
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
