"""Window by window, shares are written over each other: a pixel keeps what the last window sent. A pixel that several windows saw gets the sum: += on slices; on an index that holds a pixel twice even += adds once, and index_put_ with accumulate=True adds all."""

import torch
from torch.nn import functional as F

EQUATION = "dxpad[window (i, j)] = sum_o w[o,c,:,:] dy[n,o,i,j]"
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
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    for i in range(h_out):
        for j in range(w_out):
            down = slice(i * stride, i * stride + dilation * (kh - 1) + 1, dilation)
            right = slice(j * stride, j * stride + dilation * (kw - 1) + 1, dilation)
            dxpad[:, :, down, right] = torch.einsum("bo,ocuv->bcuv", dy[:, :, i, j], w)
    dx = dxpad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum(dim=(0, 2, 3))
