"""The padding is taken out of the count, but its surprise is still in the sum."""

import torch

EQUATION = "loss = 1/N sum over all positions of -ln p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    return -chosen.sum() / (targets != pad).sum().clamp(min=1)
