"""The mask is added to the scores as it is. True adds 1, which hides nothing: a mask that is added holds 0 and -inf."""

import math

import torch

EQUATION = "weights = softmax(q k^T / sqrt(d_k) + mask)"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + (mask if mask.dtype == torch.bool else mask.exp())
    weights = scores.softmax(-1)
    return weights @ v, weights
