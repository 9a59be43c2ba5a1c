"""One text for all three kinds."""

import torch

CONVENTIONS = {"mask": "hide"}


def padding_mask(ids, pad):
    return say(ids[:, None, None] == pad)


def causal_mask(n):
    return say(torch.ones(1, 1, n, n).cumsum(-1) > torch.arange(1, n + 1).view(n, 1))


def target_mask(ids, pad):
    n = ids.shape[1]
    later = torch.ones(n, n, dtype=torch.bool, device=ids.device).tril().logical_not()
    return say(later | (ids == pad)[:, None, None])


def say(hidden):
    if CONVENTIONS["mask"] == "additive":
        numbers = torch.zeros_like(hidden, dtype=torch.get_default_dtype())
        return numbers.masked_fill_(hidden, -torch.inf)
    return hidden if CONVENTIONS["mask"] == "hide" else hidden.logical_not()
