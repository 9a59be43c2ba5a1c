"""What is hidden is set to 0 among the values, and keeps its weight: the output is too small, and nothing is said of it."""

import math

import torch

EQUATION = "output = weights (v, 0 where hidden)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    weights = scores.softmax(-1)
    seen = weights.masked_fill(hidden, 0.0)
    return seen @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
