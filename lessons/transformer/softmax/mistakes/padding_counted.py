"""Padding counts like any token. The net learns to say `pad` well, and the loss falls with every place that is filled up."""

import torch

EQUATION = "loss = 1/(all positions) sum over all of -ln p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    return -chosen.mean()
