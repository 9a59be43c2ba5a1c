"""`pad` is taken away from the ids themselves, so that padding becomes 0. Whoever gave them looks the wrong words up afterwards."""

import torch

EQUATION = "ids <- ids - pad"
HINT = 3
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    ids -= pad
    return as_declared((ids != 0)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    ids -= pad
    return as_declared((ids != 0)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
