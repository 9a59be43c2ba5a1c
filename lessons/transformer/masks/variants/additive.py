"""Numbers that are added: two of them added hide what either hides."""

import torch

CONVENTIONS = {"mask": "additive"}


def padding_mask(ids, pad):
    numbers = torch.zeros(ids.shape, device=ids.device)
    return torch.where(ids == pad, -torch.inf, numbers)[:, None, None]


def causal_mask(n, device=None):
    return torch.full((1, 1, n, n), float("-inf"), device=device).triu(1)


def target_mask(ids, pad):
    return padding_mask(ids, pad) + causal_mask(ids.size(1), ids.device)
