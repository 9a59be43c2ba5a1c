"""Each query of the target mask sees itself, even where it is padding, so that no row is empty. Then padding is looked at."""

import torch

EQUATION = "seen = (s = t) or (s < t) and (ids[b, s] != pad)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    n = ids.shape[1]
    itself = torch.eye(n, dtype=torch.bool, device=ids.device)
    return as_declared((ids != pad)[:, None, None, :] & earlier(n, ids.device) | itself)


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
