"""The axis is moved to the end and back; of the targets only those that count are taken out."""

import torch


def softmax(x, dim):
    last = x.movedim(dim, -1)
    powers = torch.exp(last - last.max(-1, keepdim=True).values)
    return (powers / powers.sum(-1, keepdim=True)).movedim(-1, dim)


def cross_entropy(logits, targets, pad):
    counted = targets != pad
    kept, wanted = logits[counted], targets[counted]
    shift = kept - kept.amax(-1, keepdim=True)
    surprise = shift.exp().sum(-1).log() - shift[torch.arange(len(wanted)), wanted]
    return surprise.sum() / max(len(wanted), 1)
