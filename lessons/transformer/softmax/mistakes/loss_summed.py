"""The surprise is added up, not averaged: a longer batch has a larger loss, and a larger gradient."""

import torch

EQUATION = "loss = sum over y != pad of -ln p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    return -(chosen * (targets != pad)).sum()
