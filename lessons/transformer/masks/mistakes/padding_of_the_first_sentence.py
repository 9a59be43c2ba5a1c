"""In the target mask every sentence gets the padding of the first one."""

import torch

EQUATION = "target: seen[b, t, s] = (s <= t) and (ids[0, s] != pad)"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    first = (ids != pad)[:1, None, None, :].expand(len(ids), 1, 1, -1)
    return as_declared(first & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
