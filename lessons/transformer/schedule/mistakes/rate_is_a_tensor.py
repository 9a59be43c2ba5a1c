"""The rate is a tensor. An optimiser's setting and a log want a Python float."""

import torch

EQUATION = "rate: a tensor"
HINT = 3
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = torch.tensor(float(max(step, 1)))
    return d_model**-0.5 * torch.minimum(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(dim=-1)
    symbols = logits.shape[-1]
    if CONVENTIONS["smoothing"] == "no-padding":
        u = torch.full_like(log_p, 1 / (symbols - 1)).detach()
        u[..., pad] = 0.0
    else:
        u = torch.full_like(log_p, 1 / symbols).detach()
    sure = torch.zeros_like(u).scatter_(-1, targets.unsqueeze(-1), 1.0)
    q = (1 - smoothing) * sure + smoothing * u
    loss = -(q * log_p).sum(dim=-1)
    keep = targets != pad
    return (loss * keep).sum() / keep.sum().clamp(min=1)
