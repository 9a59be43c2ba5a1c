"""A patch is flattened as (rows, columns, channels), the kernel as (channels, rows, columns): numbers meet that do not belong together. Use one order for both."""

import torch
from torch.nn import functional as F

EQUATION = "sum over k of w.flatten(c,u,v)[k] patch.flatten(u,v,c)[k]"
HINT = 2


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    rows, columns = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = xpad.unfold(2, rows, stride).unfold(3, columns, stride)[..., ::dilation, ::dilation]
    patches = windows.permute(0, 2, 3, 4, 5, 1).flatten(3)
    y = (patches @ w.flatten(1).T).movedim(3, 1)
    return y if b is None else y + b[:, None, None]
