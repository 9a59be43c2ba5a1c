"""By einsum, with the lowest finite number where something is hidden."""

import torch

CONVENTIONS = {"mask": "hide"}


def attention(q, k, v, mask=None):
    scores = torch.einsum("...nk,...mk->...nm", q * q.shape[-1] ** -0.5, k)
    if mask is None:
        weights = torch.softmax(scores, dim=-1)
    else:
        weights = torch.softmax(scores.masked_fill(mask, torch.finfo(scores.dtype).min), dim=-1)
        weights = weights * ~mask
    return torch.einsum("...nm,...mv->...nv", weights, v), weights
