"""Hidden weights are set to 0 after the softmax, and the rest is divided by its sum. For a query that may see nothing that is 0 / 0."""

import math

import torch

EQUATION = "weights = softmax(scores) x mask / its sum, 0 / 0 where it is 0"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    weights = weights / weights.sum(-1, keepdim=True)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
