"""Queries that are padding have their rows hidden too. Such a row sees nothing, which is another row of a softmax to go wrong, and helps nobody."""

import torch

EQUATION = "seen = (s <= t) and (ids[b, s] != pad) and (ids[b, t] != pad)"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    token = ids != pad
    return as_declared(token[:, None, None, :] & token[:, None, :, None] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
