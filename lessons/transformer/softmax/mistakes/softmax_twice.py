"""The softmax is taken of probabilities that are a softmax already: the loss can never fall below about ln V - 1."""

import torch

EQUATION = "p = softmax(softmax(logits))"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = softmax(softmax(logits, -1), -1).log()
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
