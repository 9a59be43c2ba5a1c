"""dx as the full correlation of the dilated dy with the turned kernel, dw as a correlation of x with the dilated dy."""

import torch
from torch.nn.functional import pad


def correlate(image, kernel):
    """Stride 1, no dilation: (B, C, H, W) with (O, C, kh, kw)."""
    kh, kw = kernel.shape[2:]
    windows = image.unfold(2, kh, 1).unfold(3, kw, 1)
    return torch.einsum("bchwuv,ocuv->bohw", windows, kernel)


def spread(tensor, step):
    """step - 1 zeros between the entries of the last two axes."""
    height, width = tensor.shape[2:]
    wide = tensor.new_zeros(*tensor.shape[:2], (height - 1) * step + 1, (width - 1) * step + 1)
    wide[:, :, ::step, ::step] = tensor
    return wide


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    upstream, kernel = spread(dy, stride), spread(w, dilation)
    high, wide = kernel.shape[2:]
    rest = [x.shape[k] + 2 * padding - kernel.shape[k] - upstream.shape[k] + 1 for k in (2, 3)]
    # A negative pad cuts off.
    around = (wide - 1 - padding, wide - 1 - padding + rest[1], high - 1 - padding, high - 1 - padding + rest[0])
    dx = correlate(pad(upstream, around), kernel.flip(2, 3).transpose(0, 1))
    image = pad(x, (padding, padding - rest[1], padding, padding - rest[0]))
    dw = correlate(image.transpose(0, 1), upstream.transpose(0, 1))[:, :, ::dilation, ::dilation].transpose(0, 1)
    return dx, dw, dy.sum((0, 2, 3))
