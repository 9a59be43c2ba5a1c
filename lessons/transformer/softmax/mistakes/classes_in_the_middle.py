"""The ids are looked for in axis 1, where torch's own loss has them. Here they are the last axis."""

import torch

EQUATION = "logits (B, V, ...)"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(1, keepdim=True)
    chosen = logs.gather(1, targets[:, None])[:, 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
