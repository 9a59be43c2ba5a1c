"""The sum is divided by the number of sentences, not of tokens: long sentences have a larger loss."""

import torch

EQUATION = "loss = 1/B sum over y != pad of -ln p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    return -(chosen * (targets != pad)).sum() / len(targets)
