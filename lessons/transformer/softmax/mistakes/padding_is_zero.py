"""Padding is taken for 0, whatever `pad` is: the tokens with id 0 are lost, and the padding counts."""

import torch

EQUATION = "loss = mean over y != 0 of -ln p[y]"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != 0
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
