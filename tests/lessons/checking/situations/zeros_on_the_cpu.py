# failed; says: Where x lies on another device this fails
import torch


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(x, (padding,) * 4)
    reach_h, reach_w = (dilation * (k - 1) + 1 for k in w.shape[2:])
    windows = padded.unfold(2, reach_h, stride).unfold(3, reach_w, stride)[..., ::dilation, ::dilation]
    y = torch.zeros(x.shape[0], w.shape[0], *windows.shape[2:4], dtype=x.dtype)
    for o in range(w.shape[0]):
        y[:, o] = (windows * w[o][:, None, None]).sum(dim=(1, 4, 5))
    return y if b is None else y + b[:, None, None]
