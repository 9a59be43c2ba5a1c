"""The signs are turned, so the smallest score gets the largest share."""

import torch

EQUATION = "exp(-x_i) / sum_j exp(-x_j)"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x.amin(dim, keepdim=True) - x)
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
