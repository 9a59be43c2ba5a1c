"""The tokens are counted, and as many places are seen from the left. Where padding stands in front, tokens are hidden and padding is seen."""

import torch

EQUATION = "seen[b, s] = (s < number of tokens of b)"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    lengths = (ids != pad).sum(1, keepdim=True)
    keep = (torch.arange(ids.shape[1], device=ids.device) < lengths)[:, None, None, :]
    return as_declared(keep)


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    lengths = (ids != pad).sum(1, keepdim=True)
    keep = (torch.arange(ids.shape[1], device=ids.device) < lengths)[:, None, None, :]
    return as_declared(keep & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
