"""1 - e stays with the target exactly, and e is shared among the other tokens alone."""

import torch

CITATION = "Vaswani et al. 2018, Tensor2Tensor (arXiv 1803.07416), common_layers.py; Rush 2018, The Annotated Transformer"
EQUATION = "q[target] = 1 - e,  q[v] = e / (number of the others) elsewhere"
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    log_p = logits.log_softmax(-1)
    others = logits.shape[-1] - (2 if CONVENTIONS["smoothing"] == "no-padding" else 1)
    q = torch.full_like(log_p, smoothing / others).detach()
    if CONVENTIONS["smoothing"] == "no-padding":
        q[..., pad] = 0
    q.scatter_(-1, targets[..., None], 1 - smoothing)
    loss = -(q * log_p).sum(-1)
    return loss.masked_fill(targets == pad, 0).sum() / (targets != pad).sum().clamp(min=1)
