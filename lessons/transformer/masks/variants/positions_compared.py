"""The causal mask by comparing positions, as its equation stands."""

import torch

CONVENTIONS = {"mask": "keep"}


def padding_mask(ids, pad):
    return torch.ne(ids, pad).unsqueeze(1).unsqueeze(2)


def causal_mask(n):
    t = torch.arange(n)
    return (t[None, :] <= t[:, None])[None, None]


def target_mask(ids, pad):
    t = torch.arange(ids.shape[-1], device=ids.device)
    return ((ids != pad)[:, None, :] & (t <= t.unsqueeze(1))).unsqueeze(1)
