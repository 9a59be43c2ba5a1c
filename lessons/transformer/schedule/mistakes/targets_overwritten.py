"""Padding is turned into token 0 in the targets themselves: whoever looks at them next finds other sentences."""

import torch

EQUATION = "targets[targets == pad] <- 0"
HINT = 3
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    padding = targets == pad
    log_p = logits.log_softmax(dim=-1)
    symbols = logits.shape[-1]
    if CONVENTIONS["smoothing"] == "no-padding":
        u = torch.full_like(log_p, 1 / (symbols - 1)).detach()
        u[..., pad] = 0.0
    else:
        u = torch.full_like(log_p, 1 / symbols).detach()
    targets[padding] = 0
    sure = torch.zeros_like(u).scatter_(-1, targets.unsqueeze(-1), 1.0)
    q = (1 - smoothing) * sure + smoothing * u
    loss = -(q * log_p).sum(dim=-1)
    return loss.masked_fill(padding, 0.0).sum() / (~padding).sum().clamp(min=1)
