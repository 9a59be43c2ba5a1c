"""-inf is filled in, and nan replaced afterwards: what was filled in sends no gradient back."""

import torch

CONVENTIONS = {"mask": "hide"}


def attention(q, k, v, mask=None):
    scores = torch.matmul(q, k.transpose(-2, -1)) * q.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(mask, float("-inf"))
    weights = torch.nan_to_num(torch.softmax(scores, dim=-1), nan=0.0)
    return torch.matmul(weights, v), weights
