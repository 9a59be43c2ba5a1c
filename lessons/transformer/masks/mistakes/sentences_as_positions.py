"""The causal part has as many positions as there are sentences: it is made by len(ids), which is B."""

import torch

EQUATION = "target: seen[b, t, s] for s, t < B"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(len(ids), ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
