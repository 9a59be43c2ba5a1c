"""The mean of the probabilities is taken, without a logarithm: a token that was held impossible costs hardly more."""

import torch

EQUATION = "loss = -mean over y != pad of p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    chosen = softmax(logits, -1).gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
