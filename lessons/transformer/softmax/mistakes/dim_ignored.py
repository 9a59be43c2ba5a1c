"""The axis that was asked for is ignored, and the last one is taken. Attention over the wrong axis still looks like attention."""

import torch

EQUATION = "softmax along the last axis, whatever dim"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(-1, keepdim=True))
    return powers / powers.sum(-1, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
