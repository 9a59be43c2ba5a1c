"""All masks hold 1 and 0 as numbers. Where True and False are declared ~ and & do something else with them, and added they hide nothing."""

import torch

EQUATION = "mask = 1.0 or 0.0"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :])


def causal_mask(n):
    return as_declared(earlier(n))


def target_mask(ids, pad):
    return as_declared((ids != pad)[:, None, None, :] & earlier(ids.shape[1], ids.device))


def earlier(n, device=None):
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def as_declared(keep):
    return keep.to(torch.get_default_dtype())
