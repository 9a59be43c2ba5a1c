"""What may not be seen gets -1e9. -inf is asked for: a query that sees nothing can be told by it, and no score, however large, gets over it."""

import torch

EQUATION = "mask = 0 or -1e9"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return padding_mask(ids, pad) + causal_mask(ids.shape[1]).to(ids.device)


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -1e9)
