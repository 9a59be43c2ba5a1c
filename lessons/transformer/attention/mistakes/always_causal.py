"""Later keys are hidden whether a mask says so or not. An encoder looks both ways, and so does cross attention."""

import math

import torch

EQUATION = "weights = softmax over the keys j <= i"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    later = torch.ones_like(scores, dtype=torch.bool).triu(1)
    hidden = hidden_by(mask, scores) | later
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
