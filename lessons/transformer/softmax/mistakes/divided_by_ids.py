"""The mean runs over the V ids too, of which one alone is the target: the loss is V times too small."""

import torch

EQUATION = "loss = 1/(N V) sum over y != pad of -ln p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != pad
    return -(chosen * counted).sum() / (counted.sum().clamp(min=1) * logits.shape[-1])
