"""Sentence by sentence and query by query."""

import math

import torch

CONVENTIONS = {"mask": "hide"}


def attention(q, k, v, mask=None):
    front, (n, m) = q.shape[:-2], (q.shape[-2], k.shape[-2])
    if mask is None:
        mask = torch.zeros(n, m, dtype=torch.bool, device=q.device)
    mask = mask.expand(*front, n, m).reshape(-1, n, m)
    sides = (side.reshape(-1, *side.shape[-2:]) for side in (q, k, v))
    outputs, kept = [], []
    for queries, keys, values, hidden in zip(*sides, mask, strict=True):
        for query, covered in zip(queries, hidden, strict=True):
            scores = torch.mv(keys, query) / math.sqrt(len(query))
            scores = torch.where(covered, -1e30, scores)
            weights = torch.where(covered, 0.0, torch.softmax(scores, 0))
            kept.append(weights)
            outputs.append(weights @ values)
    return torch.stack(outputs).view(*front, n, v.shape[-1]), torch.stack(kept).view(*front, n, m)
