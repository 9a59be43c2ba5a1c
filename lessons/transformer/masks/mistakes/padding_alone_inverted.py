"""padding_mask is of the other kind than the other masks and CONVENTIONS: what it should show it hides."""

import torch

EQUATION = "padding_mask: hidden[b, s] = (ids[b, s] != pad)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids == pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
