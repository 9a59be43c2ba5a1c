"""The smoothed targets written out as a tensor of probabilities, and a product with the log-probabilities."""

import torch

CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(1, step)
    return d_model ** (-0.5) * min(step ** (-0.5), step * warmup ** (-1.5))


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = torch.log_softmax(logits, dim=-1)
    q = torch.full_like(log_p, smoothing / (logits.size(-1) - 1)).detach()
    q[..., pad] = 0
    q.scatter_add_(-1, targets.unsqueeze(-1), torch.full_like(q[..., :1], 1 - smoothing))
    keep = targets != pad
    loss = -(q * log_p).sum(dim=-1)
    return torch.where(keep, loss, torch.zeros_like(loss)).sum() / keep.sum().clamp(min=1)
