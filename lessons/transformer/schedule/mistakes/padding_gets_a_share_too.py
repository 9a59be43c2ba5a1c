"""The share is divided by V - 1, and padding gets its part as well: q adds up to more than 1."""

import torch

EQUATION = "u[v] = 1/(V - 1), u[pad] too"
HINT = 2
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(dim=-1)
    u = torch.full_like(log_p, 1 / (logits.shape[-1] - 1)).detach()
    sure = torch.zeros_like(u).scatter_(-1, targets.unsqueeze(-1), 1.0)
    q = (1 - smoothing) * sure + smoothing * u
    loss = -(q * log_p).sum(dim=-1)
    keep = targets != pad
    return (loss * keep).sum() / keep.sum().clamp(min=1)
