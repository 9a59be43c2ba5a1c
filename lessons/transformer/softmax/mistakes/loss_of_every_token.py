"""The surprise of each token comes back, not their mean."""

import torch

EQUATION = "loss[b, t] = -ln p[y[b, t]], 0 where y = pad"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    return (-chosen).masked_fill(targets == pad, 0.0)
