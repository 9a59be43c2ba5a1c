"""The index logs[range, targets] works for one row of tokens only. With a batch it picks whole rows, or nothing."""

import torch

EQUATION = "logs[b, y[b, t]], without t"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs[torch.arange(len(targets)), targets]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
