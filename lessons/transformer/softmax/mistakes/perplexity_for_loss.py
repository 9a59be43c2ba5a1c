"""e to the loss comes back: that is the perplexity, the number of ids between which the net hesitates."""

import torch

EQUATION = "loss = exp(mean over y != pad of -ln p[y])"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != pad
    return torch.exp(-(chosen * counted).sum() / counted.sum().clamp(min=1))
