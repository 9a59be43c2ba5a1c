"""Where every target is padding the mean is 0 / 0. One such batch, and every weight of the net is nan."""

import torch

EQUATION = "0 / 0 = nan for N = 0"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum()
