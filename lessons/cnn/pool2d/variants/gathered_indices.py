"""A class that knows for every window which pixels it holds; -1 stands for a place outside of the image."""

import torch


class Windows:
    def __init__(self, x, kernel_size, stride, padding):
        self.x = x
        kh, kw = kernel_size
        height, width = x.shape[2:]
        h_out, w_out = (height + 2 * padding - kh) // stride + 1, (width + 2 * padding - kw) // stride + 1
        rows = torch.arange(h_out).view(-1, 1, 1, 1) * stride - padding + torch.arange(kh).view(-1, 1)
        columns = torch.arange(w_out).view(-1, 1, 1) * stride - padding + torch.arange(kw)
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        flat = torch.where(inside, rows * width + columns, torch.tensor(-1))
        self.pixels = flat.flatten(2).to(x.device)  # (H', W', kh*kw)
        self.inside = self.pixels >= 0
        self.numbers = x.flatten(2)[..., self.pixels.clamp(min=0)]  # (B, C, H', W', kh*kw)

    def best(self):
        numbers = self.numbers.masked_fill(~self.inside, -float("inf"))
        place = numbers.argmax(-1, keepdim=True)
        return numbers.gather(-1, place)[..., 0], place

    def scattered(self, shares):
        """Add up what each pixel of each window gets."""
        dx = torch.zeros_like(self.x, memory_format=torch.contiguous_format).flatten(2)
        pixels = self.pixels.clamp(min=0).expand(shares.shape).flatten(2)
        return dx.scatter_add(2, pixels, (shares * self.inside).flatten(2)).view(self.x.shape)


def max_pool2d(x, kernel_size, stride, padding=0):
    return Windows(x, kernel_size, stride, padding).best()[0]


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    windows = Windows(x, kernel_size, stride, padding)
    place = windows.best()[1]
    return windows.scattered(torch.zeros_like(windows.numbers).scatter(-1, place, dy.unsqueeze(-1)))


def avg_pool2d(x, kernel_size, stride, padding=0):
    windows = Windows(x, kernel_size, stride, padding)
    return (windows.numbers * windows.inside).sum(-1) / windows.inside.sum(-1)


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    windows = Windows(x, kernel_size, stride, padding)
    return windows.scattered((dy / windows.inside.sum(-1))[..., None].expand(windows.numbers.shape))
