"""The padding is taken out of the ids: its logit becomes -inf. p has all V of them, and the net may err by saying `pad`."""

import torch

EQUATION = "p = softmax(logits without pad)"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    counted = targets != pad
    logits = logits.masked_fill(torch.arange(logits.shape[-1]) == pad, -torch.inf)
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0].masked_fill(~counted, 0.0)
    return -chosen.sum() / counted.sum().clamp(min=1)
