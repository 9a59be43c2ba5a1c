"""Only the padding at the end of a row is left out, by its length. A `pad` between two tokens counts."""

import torch

EQUATION = "loss = mean over t < length of -ln p[y]"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]

    later = (targets != pad).flip(-1).cumsum(-1).flip(-1)
    counted = later > 0
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
