"""What was made of w is kept under id(w). An optimiser changes the same w in place: from its second step on, the old kernel is used."""

import torch
from torch.nn import functional as F

EQUATION = "y = w(first call) * x"
HINT = 3

KEPT = {}


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    xpad = F.pad(x, (padding, padding, padding, padding))
    rows, columns = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = xpad.unfold(2, rows, stride).unfold(3, columns, stride)[..., ::dilation, ::dilation]
    if id(w) not in KEPT:
        KEPT[id(w)] = (w, w.permute(0, 2, 3, 1).reshape(len(w), -1))  # w itself is kept, so that no other gets its id
    patches = windows.permute(0, 4, 5, 1, 2, 3).flatten(4).flatten(1, 3)
    y = (KEPT[id(w)][1] @ patches).unflatten(2, windows.shape[2:4])
    return y if b is None else y + b[:, None, None]
