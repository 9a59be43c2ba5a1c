"""The powers are powers of 2, not of e: every difference between scores counts for 0.69 of itself."""

import torch

EQUATION = "2^x_i / sum_j 2^x_j"
HINT = 1


def softmax(x, dim):
    powers = torch.exp2(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
