"""Two things of a well-known implementation together. That the target keeps 1 - e whole is accepted; but the loss is the divergence from q to p, from which the entropy of q is taken off."""

import torch
from torch.nn import functional as F

EQUATION = "loss = sum_v q[v] ln(q[v] / p[v]),  q[target] = 1 - e"
HINT = 1
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(dim=-1)
    others = logits.size(-1) - (2 if CONVENTIONS["smoothing"] == "no-padding" else 1)
    true_dist = torch.full_like(log_p, smoothing / others).detach()
    true_dist.scatter_(-1, targets.unsqueeze(-1), 1 - smoothing)
    if CONVENTIONS["smoothing"] == "no-padding":
        true_dist[..., pad] = 0.0
    true_dist = true_dist.masked_fill((targets == pad).unsqueeze(-1), 0.0)
    loss = F.kl_div(log_p, true_dist, reduction="sum")
    return loss / (targets != pad).sum().clamp(min=1)
