"""The sum loses its axis, so it meets the wrong places of the tensor, or none: keep the axis, with length 1."""

import torch

EQUATION = "exp(x)[i, j] / s[j] where it should be / s[i]"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
