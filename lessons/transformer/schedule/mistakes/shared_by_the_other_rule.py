"""1 - e stays with the target, and e is shared among the others; but not among those that CONVENTIONS names: padding gets a part where it should not, or none where it should."""

import torch

EQUATION = "q[v] = e / (number of the others), by the other declaration"
HINT = 2
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(dim=-1)
    with_padding = CONVENTIONS["smoothing"] == "no-padding"
    others = logits.shape[-1] - (1 if with_padding else 2)
    q = torch.full_like(log_p, smoothing / others).detach()
    if not with_padding:
        q[..., pad] = 0.0
    q.scatter_(-1, targets.unsqueeze(-1), 1 - smoothing)
    loss = -(q * log_p).sum(dim=-1)
    keep = targets != pad
    return (loss * keep).sum() / keep.sum().clamp(min=1)
