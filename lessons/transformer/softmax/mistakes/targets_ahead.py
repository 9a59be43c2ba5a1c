"""Each prediction is compared with the token after its target: targets come shifted already, once is enough."""

import torch

EQUATION = "loss = mean over y[t+1] != pad of -ln p_t[y[t+1]]"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits[..., :-1, :] - logits[..., :-1, :].logsumexp(-1, keepdim=True)
    targets = targets[..., 1:]
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)
