"""Where every target is padding a plain 0 comes back. It hangs on nothing, so backward() on it raises."""

import torch

EQUATION = "loss = 0, on which no logits hang, for N = 0"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    counted = targets != pad
    if not counted.any():
        return torch.zeros((), dtype=logits.dtype)
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    return -(chosen * counted).sum() / counted.sum()
