"""A small number is added before the logarithm, against ln 0. It is not needed with logsumexp, and it moves every loss."""

import torch

EQUATION = "loss = mean over y != pad of -ln(p[y] + 1e-6)"
HINT = 3


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    chosen = (softmax(logits, -1) + 1e-6).log().gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
