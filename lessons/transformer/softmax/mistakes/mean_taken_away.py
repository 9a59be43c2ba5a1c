"""The mean is taken away where the maximum should be. One score of -inf makes it -inf, and the whole row nan."""

import torch

EQUATION = "exp(x_i - mean x) / sum_j exp(x_j - mean x)"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.mean(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
