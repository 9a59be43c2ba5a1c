"""0 / 0 is replaced by 0 after the division. The value is right then, and the gradient is nan all the same: it went through 0 / 0."""

import torch

EQUATION = "loss = 0 for N = 0, with the gradient of 0 / 0"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    counted = targets != pad
    return (-(chosen * counted).sum() / counted.sum()).nan_to_num()
