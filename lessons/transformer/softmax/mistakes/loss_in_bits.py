"""The logarithm is to base 2: the loss is in bits a token, 1.44 times as much as in nats."""

import torch

EQUATION = "loss = mean over y != pad of -log2 p[y]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = (logits - logits.logsumexp(-1, keepdim=True)) / torch.log(torch.tensor(2.0, dtype=logits.dtype))
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
