"""What may not be seen: the upper triangle, joined by or."""

import torch

CONVENTIONS = {"mask": "hide"}


def padding_mask(ids, pad):
    return ids.eq(pad).view(ids.shape[0], 1, 1, ids.shape[1])


def causal_mask(n):
    return torch.triu(torch.ones(n, n, dtype=torch.bool), diagonal=1).view(1, 1, n, n)


def target_mask(ids, pad):
    return padding_mask(ids, pad) | causal_mask(ids.shape[1]).to(ids.device)
