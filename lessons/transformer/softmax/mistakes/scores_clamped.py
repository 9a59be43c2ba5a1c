"""Scores beyond 30 are cut off so that exp does not overflow. All that lie beyond it become alike."""

import torch

EQUATION = "exp(min(max(x_i, -30), 30)) / sum_j ..."
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x.clamp(-30.0, 30.0))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
