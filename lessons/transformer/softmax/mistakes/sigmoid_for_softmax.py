"""Each score goes through a sigmoid by itself, so nothing has to add up to 1 and no score takes from another."""

import torch

EQUATION = "1 / (1 + exp(-x_i))"
HINT = 1


def softmax(x, dim):
    return torch.sigmoid(x)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
