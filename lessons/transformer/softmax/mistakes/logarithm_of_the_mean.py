"""The probabilities are averaged first, and then the logarithm is taken: one token that was held impossible hides among good ones."""

import torch

EQUATION = "loss = -ln(mean over y != pad of p[y])"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    chosen = softmax(logits, -1).gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    mean = (chosen * counted).sum() / counted.sum().clamp(min=1)
    return -torch.log(torch.where(counted.any(), mean, 1.0))
