"""-inf is multiplied by 0 where something may be seen: that is nan, not 0."""

import torch

EQUATION = "mask = -inf (1 or 0), and -inf 0 = nan"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return padding_mask(ids, pad) + causal_mask(ids.shape[1]).to(ids.device)


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    return -torch.inf * (~keep)
