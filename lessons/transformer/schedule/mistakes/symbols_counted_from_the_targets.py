"""The vocabulary is taken to end at the largest target. It has as many tokens as there are logits."""

import torch
from torch.nn import functional as F

EQUATION = "V = max(targets) + 1"
HINT = 2
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(dim=-1)
    sure = F.one_hot(targets).to(log_p.dtype)
    symbols = sure.shape[-1]
    u = torch.ones_like(sure)
    if CONVENTIONS["smoothing"] == "no-padding":
        u[..., pad] = 0.0
    u = u / u.sum(dim=-1, keepdim=True)
    q = (1 - smoothing) * sure + smoothing * u
    loss = -(q * log_p).sum(dim=-1)
    keep = targets != pad
    return (loss * keep).sum() / keep.sum().clamp(min=1)
