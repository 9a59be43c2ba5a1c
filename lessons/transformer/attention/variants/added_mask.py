"""The mask is added, and rows without a finite score are looked after before the softmax."""

import torch

CONVENTIONS = {"mask": "additive"}


def attention(q, k, v, mask=None):
    scores = torch.matmul(q, k.mT).div(q.size(-1) ** 0.5)
    if mask is not None:
        scores = scores + mask
    highest = scores.amax(-1, keepdim=True).detach()
    powers = torch.exp(scores - torch.where(highest == -torch.inf, 0.0, highest))
    weights = powers / powers.sum(-1, keepdim=True).clamp(min=1e-300 if q.dtype == torch.float64 else 1e-30)
    return torch.matmul(weights, v), weights
