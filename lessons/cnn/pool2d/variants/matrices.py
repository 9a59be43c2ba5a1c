"""Pooling as matrices: rows and columns are averaged by one each, and the way back is their transposes."""

import torch


def selection(side, kernel, stride, padding, like):
    """(side', side): 1 where a pixel lies in a window of one axis."""
    out = (side + 2 * padding - kernel) // stride + 1
    first = torch.arange(out, device=like.device)[:, None] * stride - padding
    pixel = torch.arange(side, device=like.device)
    return ((pixel >= first) & (pixel < first + kernel)).to(like.dtype)


def both(x, kernel_size, stride, padding):
    rows = selection(x.shape[2], kernel_size[0], stride, padding, x)
    columns = selection(x.shape[3], kernel_size[1], stride, padding, x)
    return rows, columns


def avg_pool2d(x, kernel_size, stride, padding=0):
    rows, columns = (m / m.sum(dim=1, keepdim=True) for m in both(x, kernel_size, stride, padding))
    return rows @ x @ columns.T


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    rows, columns = (m / m.sum(dim=1, keepdim=True) for m in both(x, kernel_size, stride, padding))
    return torch.einsum("ia,ncij,jb->ncab", rows, dy, columns)


def chosen(x, kernel_size, stride, padding):
    """The largest number of every window and its place in the flat image; outside the window all is -inf."""
    rows, columns = both(x, kernel_size, stride, padding)
    member = torch.einsum("ia,jb->ijab", rows, columns).flatten(2).bool()
    candidates = torch.where(member, x.flatten(2)[:, :, None, None], float("-inf"))
    return candidates.max(dim=-1)


def max_pool2d(x, kernel_size, stride, padding=0):
    return chosen(x, kernel_size, stride, padding)[0]


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    place = chosen(x, kernel_size, stride, padding)[1]
    pixel = torch.arange(x.shape[2] * x.shape[3], device=x.device)
    one_hot = (place[..., None] == pixel).to(dy.dtype)
    return torch.einsum("ncij,ncijp->ncp", dy, one_hot).reshape(x.shape)
