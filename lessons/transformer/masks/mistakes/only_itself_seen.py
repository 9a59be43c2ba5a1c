"""Each query sees itself alone, so nothing is ever looked at."""

import torch

EQUATION = "seen[t, s] = (s = t)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.eye(n, dtype=torch.bool, device=device)[None, None]


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
