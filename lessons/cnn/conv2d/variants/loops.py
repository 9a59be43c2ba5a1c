"""Every output pixel by itself: cut out what the kernel sees, multiply, add."""

import torch


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    batch, channels, height, width = x.shape
    kernels, _, kh, kw = w.shape
    padded = x.new_zeros(batch, channels, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows = []
    for top in range(0, padded.shape[2] - reach_h + 1, stride):
        row = []
        for left in range(0, padded.shape[3] - reach_w + 1, stride):
            window = padded[:, :, top : top + reach_h : dilation, left : left + reach_w : dilation]
            row.append((window.unsqueeze(1) * w).sum(dim=(2, 3, 4)))
        rows.append(torch.stack(row, dim=-1))
    y = torch.stack(rows, dim=-2)
    if b is None:
        return y
    return y + b.view(1, kernels, 1, 1)
