"""By logsumexp: -ln p is lse - logit, so the loss needs a mean of logits only. One text for both declarations."""

import torch

CONVENTIONS = {"smoothing": "all"}


def noam(step, d_model, warmup):
    step = step or 1
    rising = step / warmup
    return (d_model * warmup) ** -0.5 * min(rising, rising**-0.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    normaliser = torch.logsumexp(logits, dim=-1)
    told = logits.take_along_dim(targets[..., None], dim=-1)[..., 0]
    if CONVENTIONS["smoothing"] == "all":
        even = logits.mean(-1)
    else:
        even = (logits.sum(-1) - logits[..., pad]) / (logits.shape[-1] - 1)
    loss = normaliser - told - smoothing * (even - told)
    weight = (targets != pad).to(logits)
    return (loss * weight).sum() / torch.maximum(weight.sum(), torch.ones_like(weight.sum()))
