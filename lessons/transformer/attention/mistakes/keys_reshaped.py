"""The keys are reshaped to (d_k, m) where they should be transposed. The shape is right, and the numbers are those of other keys."""

import math

import torch

EQUATION = "k.reshape(d_k, m) for k^T"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    turned = k.reshape(*k.shape[:-2], k.shape[-1], k.shape[-2])
    scores = q @ turned / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
