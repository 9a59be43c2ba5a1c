# passed
import numpy as np
import torch


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(x, (padding,) * 4)
    (height, width), (kh, kw) = padded.shape[2:], w.shape[2:]
    rows = np.arange(0, height - dilation * (kh - 1), stride)[:, None] + dilation * np.arange(kh)
    columns = np.arange(0, width - dilation * (kw - 1), stride)[:, None] + dilation * np.arange(kw)
    places = torch.from_numpy(rows[:, None, :, None] * width + columns[None, :, None, :]).to(x.device)
    windows = padded.flatten(2)[:, :, places]
    y = torch.tensordot(windows, w, dims=([1, 4, 5], [1, 2, 3])).movedim(-1, 1)
    return y if b is None else y + b[:, None, None]
