"""One maximum is taken away from everything. A row that lies 800 below it becomes exp(-800) = 0 throughout, and 0 / 0."""

import torch

EQUATION = "exp(x_i - max of all x) / sum_j exp(x_j - max of all x)"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.max())
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
