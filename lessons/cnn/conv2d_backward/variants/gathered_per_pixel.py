"""Read from x's side: each pixel asks which outputs it went into; dw from strided views of all windows."""

import torch


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    (height, width), (kh, kw), (h_out, w_out) = x.shape[-2:], w.shape[-2:], dy.shape[-2:]
    by_row = [_meetings(row + padding, kh, h_out, stride, dilation) for row in range(height)]
    by_column = [_meetings(column + padding, kw, w_out, stride, dilation) for column in range(width)]
    dx = torch.zeros_like(x)
    for row, downs in enumerate(by_row):
        for column, rights in enumerate(by_column):
            for u, i in downs:
                for v, j in rights:
                    dx[:, :, row, column] += dy[:, :, i, j] @ w[:, :, u, v]

    padded = torch.nn.functional.pad(x, (padding,) * 4).contiguous()
    sb, sc, sh, sw = padded.stride()
    size = (x.shape[0], x.shape[1], kh, kw, h_out, w_out)
    windows = padded.as_strided(size, (sb, sc, sh * dilation, sw * dilation, sh * stride, sw * stride))
    dw = torch.einsum("bohw,bcuvhw->ocuv", dy, windows)
    return [dx, dw, dy.sum(-1).sum(-1).sum(0)]


def _meetings(place, kernel, steps, stride, dilation):
    """(u, i) for which entry u of window i sees this place of the padded axis."""
    pairs = [(u, place - u * dilation) for u in range(kernel)]
    return [(u, far // stride) for u, far in pairs if far % stride == 0 and 0 <= far // stride < steps]
