"""The first causal mask is kept and given again, whatever size is asked for afterwards."""

import torch

EQUATION = "causal_mask(n) = the first one that was made"
HINT = 3
CONVENTIONS = {"mask": "keep"}

kept = []


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    if not kept:
        kept.append(as_declared(earlier(n)))
    return kept[0]


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
