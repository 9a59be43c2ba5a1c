"""One pass over the entries of the window: a running maximum and its place, all images at once."""

import torch


def max_pool2d(x, kernel_size, stride, padding=0):
    return best_and_place(x, kernel_size, stride, padding)[0]


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    place = best_and_place(x, kernel_size, stride, padding)[1]
    dx = torch.zeros_like(surrounded(x, padding, 0.0))
    for number, seen in enumerate(entries(dx, kernel_size, stride)):
        seen.add_(torch.where(place == number, dy, torch.zeros_like(dy)))
    return dx[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]].clone()


def avg_pool2d(x, kernel_size, stride, padding=0):
    total = sum(entries(surrounded(x, padding, 0.0), kernel_size, stride))
    return total / sum(entries(surrounded(torch.ones_like(x), padding, 0.0), kernel_size, stride))


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    share = dy / sum(entries(surrounded(torch.ones_like(x), padding, 0.0), kernel_size, stride))
    dx = torch.zeros_like(surrounded(x, padding, 0.0))
    for seen in entries(dx, kernel_size, stride):
        seen += share
    return dx[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]


def best_and_place(x, kernel_size, stride, padding):
    best = place = None
    for number, seen in enumerate(entries(surrounded(x, padding, -torch.inf), kernel_size, stride)):
        if best is None:
            best, place = seen, torch.zeros_like(seen, dtype=torch.int64)
        else:
            place = torch.where(seen > best, torch.full_like(place, number), place)
            best = torch.maximum(best, seen)
    return best, place


def surrounded(x, padding, value):
    batch, channels, height, width = x.shape
    wide = torch.full(
        (batch, channels, height + 2 * padding, width + 2 * padding), value, dtype=x.dtype, device=x.device
    )
    wide[:, :, padding : padding + height, padding : padding + width] = x
    return wide


def entries(xpad, kernel_size, stride):
    """Views of xpad: for each entry of the window, row by row, what it sees in all windows."""
    (kh, kw), (height, width) = kernel_size, xpad.shape[2:]
    for u in range(kh):
        for v in range(kw):
            yield xpad[:, :, u : height - kh + u + 1 : stride, v : width - kw + v + 1 : stride]
