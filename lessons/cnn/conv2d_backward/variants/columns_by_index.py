"""im2col by index arithmetic: two matrix products, and index_add_ to lay the columns back."""

import torch
from torch.nn import functional as F


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    (batch, channels, height, width), (kernels, _, kh, kw) = x.shape, w.shape
    h_out, w_out = dy.shape[-2:]
    padded = F.pad(x, [padding] * 4)
    wide = padded.shape[-1]
    i = stride * torch.arange(h_out, device=x.device)[None, :] + dilation * torch.arange(kh, device=x.device)[:, None]
    j = stride * torch.arange(w_out, device=x.device)[None, :] + dilation * torch.arange(kw, device=x.device)[:, None]
    places = (i[:, None, :, None] * wide + j[None, :, None, :]).reshape(-1)  # kh kw H' W'
    columns = padded.flatten(2)[:, :, places].reshape(batch, channels * kh * kw, h_out * w_out)
    flat = dy.reshape(batch, kernels, -1)
    dw = (flat @ columns.mT).sum(dim=0).reshape(w.shape)
    back = w.reshape(kernels, -1).T @ flat  # (B, C kh kw, H' W')
    dxpad = padded.new_zeros(batch, channels, padded.shape[2] * wide)
    dxpad.index_add_(2, places, back.reshape(batch, channels, -1))
    dx = dxpad.view(padded.shape)[:, :, padding : padding + height, padding : padding + width].contiguous()
    return dx, dw, flat.sum(dim=(0, 2))
