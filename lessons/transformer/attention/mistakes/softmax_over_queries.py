"""The softmax runs over the queries: they share out each key among themselves, and what a query takes does not add up to 1."""

import math

import torch

EQUATION = "sum over i of weights[i, j] = 1"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-2).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
