"""The powers are divided by the root of the sum of their squares. Then their squares add up to 1, and they do not."""

import torch

EQUATION = "exp(x_i) / sqrt(sum_j exp(x_j)^2)"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.norm(dim=dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
