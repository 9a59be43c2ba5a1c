"""The causal mask holds the numbers 1 and 0 where True and False are declared. ~ and & do something else with numbers, or nothing."""

import torch

EQUATION = "seen[t, s] = 1.0 or 0.0"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return torch.ones(1, 1, n, n).tril()


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    kind = CONVENTIONS["mask"]
    if kind == "additive":
        return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep if kind == "keep" else ~keep
