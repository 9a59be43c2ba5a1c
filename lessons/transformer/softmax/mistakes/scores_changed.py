"""The maximum is taken away from x itself. Whoever gave it still needs it, and autograd refuses a leaf so changed."""

import torch

EQUATION = "x <- x - max x"
HINT = 2


def softmax(x, dim):
    x -= x.amax(dim, keepdim=True)
    powers = torch.exp(x)
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
