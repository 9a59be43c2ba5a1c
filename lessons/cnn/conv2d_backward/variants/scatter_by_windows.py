"""Window by window: what output (i, j) saw is where its gradient goes."""

import torch


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    batch, channels, height, width = x.shape
    _, _, kh, kw = w.shape
    xpad = x.new_zeros(batch, channels, height + 2 * padding, width + 2 * padding)
    xpad[:, :, padding : padding + height, padding : padding + width] = x
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            top, left = i * stride, j * stride
            rows = slice(top, top + dilation * (kh - 1) + 1, dilation)
            columns = slice(left, left + dilation * (kw - 1) + 1, dilation)
            upstream = dy[:, :, i, j]  # (B, O)
            dw += torch.tensordot(upstream, xpad[:, :, rows, columns], dims=([0], [0]))
            dxpad[:, :, rows, columns] += torch.tensordot(upstream, w, dims=1)
    db = dy.transpose(0, 1).reshape(w.shape[0], -1).sum(dim=1)
    return dxpad[:, :, padding : padding + height, padding : padding + width], dw, db
