"""The mask is not used: padding is looked at, and a decoder sees the tokens that it has to guess."""

import math

EQUATION = "weights = softmax(q k^T / sqrt(d_k)), all keys seen"
HINT = 1
CONVENTIONS = {"mask": "keep"}


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    weights = scores.softmax(-1)
    return weights @ v, weights
