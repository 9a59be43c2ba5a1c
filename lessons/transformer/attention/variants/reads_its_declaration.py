"""One text for all three kinds of mask."""

import math

import torch

CONVENTIONS = {"mask": "additive"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        weights = scores.softmax(-1)
        return weights @ v, weights
    hidden = {"keep": torch.logical_not, "hide": bool_of, "additive": torch.isneginf}[CONVENTIONS["mask"]](mask)
    weights = scores.masked_fill(hidden, -1e9).softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def bool_of(mask):
    return mask
