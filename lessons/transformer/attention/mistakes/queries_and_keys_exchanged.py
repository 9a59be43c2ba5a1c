"""Queries and keys have changed places: each key asks, and the scores lie on their side."""

import math

import torch

EQUATION = "scores = k q^T / sqrt(d_k)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = k @ q.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
