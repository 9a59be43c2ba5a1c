"""-inf is added, and nan replaced by 0 after the softmax. The values are right then, and the gradients of q and k are nan all the same: they went through 0 / 0."""

import math

import torch

EQUATION = "weights = nan_to_num(softmax(scores + mask)), gradient nan"
HINT = 2
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    hidden = hidden_by(mask, scores)
    bias = torch.zeros(hidden.shape, dtype=q.dtype).masked_fill(hidden, -torch.inf)
    weights = (scores + bias).softmax(-1).nan_to_num()
    return weights @ v, weights


def hidden_by(mask, scores):
    if mask is None:
        return torch.zeros_like(scores, dtype=torch.bool)
    kind = CONVENTIONS["mask"]
    return ~mask if kind == "keep" else mask if kind == "hide" else mask == -torch.inf
