"""Queries and keys are brought to length 1 first. Then no key can be louder than another."""

import torch

EQUATION = "weights = softmax(cos(q, k))"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    q, k = q / q.norm(dim=-1, keepdim=True), k / k.norm(dim=-1, keepdim=True)
    scores = q @ k.transpose(-2, -1)
    hidden = hidden_by(mask, scores)
    scores = scores.masked_fill(hidden, -1e9)
    weights = scores.softmax(-1).masked_fill(hidden, 0.0)
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
