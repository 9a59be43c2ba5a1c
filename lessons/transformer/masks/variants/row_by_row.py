"""Row by row: the keys up to t, and none after them."""

import torch

CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return torch.stack([sentence != pad for sentence in ids])[:, None, None, :]


def causal_mask(n):
    mask = torch.zeros(1, 1, n, n, dtype=torch.bool)
    for t in range(n):
        mask[..., t, : t + 1] = True
    return mask


def target_mask(ids, pad):
    mask = padding_mask(ids, pad).repeat(1, 1, ids.shape[1], 1)
    for t in range(ids.shape[1]):
        mask[..., t, t + 1 :] = False
    return mask
