"""The powers are not divided by their sum: they are positive, and add up to anything."""

import torch

EQUATION = "exp(x_i - max x)"
HINT = 1


def softmax(x, dim):
    return torch.exp(x - x.amax(dim, keepdim=True))


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
