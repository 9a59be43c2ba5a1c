"""The result is detached, so no gradient reaches the scores, and what made them never learns."""

import torch

EQUATION = "dp/dx = 0"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x.detach() - x.detach().amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
