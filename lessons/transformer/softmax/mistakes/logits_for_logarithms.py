"""The logits themselves are taken for the logarithms. Nothing holds them: the loss falls without end as they grow."""

import torch

EQUATION = "loss = mean over y != pad of -z[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    chosen = logits.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
