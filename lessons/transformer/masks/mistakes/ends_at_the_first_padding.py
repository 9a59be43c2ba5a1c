"""Everything after the first padding is hidden, tokens too: a sentence that begins with padding is lost."""

import torch

EQUATION = "seen[b, s] = no padding among ids[b, 0..s]"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    keep = ((ids == pad).cumsum(1) == 0)[:, None, None, :]
    return as_declared(keep)


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    keep = ((ids == pad).cumsum(1) == 0)[:, None, None, :]
    return as_declared(keep & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
