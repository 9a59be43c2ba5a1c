"""A view of all windows that copies nothing, and one einsum."""

import torch


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(x, (padding, padding, padding, padding)).contiguous()
    batch, channels, height, width = padded.shape
    kh, kw = w.shape[-2:]
    size = (
        batch,
        channels,
        (height - dilation * (kh - 1) - 1) // stride + 1,
        (width - dilation * (kw - 1) - 1) // stride + 1,
        kh,
        kw,
    )
    sb, sc, sh, sw = padded.stride()
    windows = padded.as_strided(size, (sb, sc, sh * stride, sw * stride, sh * dilation, sw * dilation))
    y = torch.einsum("bchwuv,ocuv->bohw", windows, w)
    return y if b is None else y + b[None, :, None, None]
