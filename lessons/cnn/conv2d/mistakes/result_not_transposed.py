"""The product is (B, H' W', O), and reshape calls it (B, O, H', W'). That only renames the axes: the outputs are scrambled. Transpose first."""

import torch
from torch.nn import functional as F

EQUATION = "y = (patches w^T).reshape(B, O, H', W')"
HINT = 2


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    rows, columns = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = xpad.unfold(2, rows, stride).unfold(3, columns, stride)[..., ::dilation, ::dilation]
    patches = windows.permute(0, 2, 3, 1, 4, 5).flatten(3)
    y = patches @ w.flatten(1).T
    if b is not None:
        y = y + b
    return y.reshape(x.shape[0], w.shape[0], *windows.shape[2:4])
