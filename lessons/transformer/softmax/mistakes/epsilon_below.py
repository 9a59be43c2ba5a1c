"""A small number is added to the sum, where nothing can be 0. The probabilities add up to a little less than 1."""

import torch

EQUATION = "exp(x_i - max x) / (sum_j exp(x_j - max x) + 1e-6)"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / (powers.sum(dim, keepdim=True) + 1e-6)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
