"""The causal mask has a row and a column too many, for a start token that is among the n already."""

import torch

EQUATION = "causal_mask(n).shape = (1, 1, n + 1, n + 1)"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n + 1))


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
