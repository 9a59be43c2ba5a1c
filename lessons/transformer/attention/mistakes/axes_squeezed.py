"""Axes of length 1 are gone. One query is still an axis, and so is a single number of a value."""

import math

import torch

EQUATION = "output.shape = (..., n, d_v) without its ones"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return (weights @ v).squeeze(), weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
