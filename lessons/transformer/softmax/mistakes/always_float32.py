"""The result is float32, whatever x is, with seven digits of it."""

import torch

EQUATION = "p.dtype = float32"
HINT = 2


def softmax(x, dim):
    x = x.float()
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
