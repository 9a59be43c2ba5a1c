"""The axis that was asked for is ignored, and the first one is taken: the examples of a batch share one sum."""

import torch

EQUATION = "softmax along axis 0, whatever dim"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(0, keepdim=True))
    return powers / powers.sum(0, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
