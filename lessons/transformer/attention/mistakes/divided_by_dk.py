"""The scores are divided by d_k, or queries and keys by sqrt(d_k) each, which is the same. For wide heads all weights become nearly alike."""

import torch

EQUATION = "weights = softmax(q k^T / d_k)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / q.shape[-1]
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
