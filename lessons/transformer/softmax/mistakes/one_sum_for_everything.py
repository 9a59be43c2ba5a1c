"""All powers share one sum, so the whole tensor adds up to 1, and not every row of it."""

import torch

EQUATION = "exp(x_i) / sum of all exp(x)"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.max())
    return powers / powers.sum()


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
