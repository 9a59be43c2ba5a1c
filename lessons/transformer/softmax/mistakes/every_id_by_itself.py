"""Each id has a sigmoid of its own, and is judged by itself. But exactly one of them comes: they must share one probability."""

import torch

EQUATION = "loss = mean of the sum over v of -ln sigmoid(z_v or -z_v)"
HINT = 1


def softmax(x, dim):
    powers = torch.exp(x - x.amax(dim, keepdim=True))
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    wanted = torch.eye(logits.shape[-1], dtype=logits.dtype)[targets]
    surprise = -(wanted * torch.sigmoid(logits).log() + (1 - wanted) * torch.sigmoid(-logits).log()).sum(-1)
    counted = targets != pad
    return (surprise * counted).sum() / counted.sum().clamp(min=1)
