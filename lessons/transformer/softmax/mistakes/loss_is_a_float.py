"""A Python number comes back, from which nothing can be learnt: it has no graph, and backward() is missing."""

import torch

EQUATION = "loss.item()"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != pad
    return (-(chosen * counted).sum() / counted.sum().clamp(min=1)).item()
