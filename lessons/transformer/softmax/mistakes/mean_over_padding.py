"""The sum is right, and is divided by all positions, padding included: the fuller a batch is of padding, the smaller its loss."""

import torch

EQUATION = "loss = 1/(all positions) sum over y != pad of -ln p[y]"
HINT = 3


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    return -(chosen * (targets != pad)).mean()
