"""The logits of padded places are set to 0, and the places still count: each adds ln V."""

import torch

EQUATION = "z = 0 where y = pad;  loss = mean over all positions"
HINT = 2


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logits = logits.masked_fill((targets == pad)[..., None], 0.0)
    logs = logits - logits.logsumexp(-1, keepdim=True)
    return -logs.gather(-1, targets[..., None]).mean()
