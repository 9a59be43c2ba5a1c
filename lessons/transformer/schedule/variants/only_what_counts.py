"""Padding is left out first; the rate by its two branches; the share goes to all tokens, as in torch."""

import math

CONVENTIONS = {"smoothing": "all"}


def noam(step, d_model, warmup):
    if step < 1:
        step = 1
    if step < warmup:
        return step / (math.sqrt(d_model) * warmup * math.sqrt(warmup))
    return 1 / math.sqrt(d_model * step)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    keep = targets != pad
    logits, targets = logits[keep], targets[keep]
    if len(targets) == 0:
        return logits.sum()
    log_p = logits.log_softmax(-1)
    told = log_p.gather(1, targets[:, None]).squeeze(1)
    return -((1 - smoothing) * told + smoothing * log_p.mean(dim=-1)).mean()
