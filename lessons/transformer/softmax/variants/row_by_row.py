"""One number after another in the loss, and differences of pairs in the softmax."""

import torch


def softmax(x, dim):
    last = x.movedim(dim, -1)
    highest = last.amax(-1, keepdim=True).detach()
    rows = [(row - top).exp() for row, top in zip(last.reshape(-1, x.shape[dim]), highest.reshape(-1), strict=True)]
    rows = torch.stack([row / row.sum() for row in rows])
    return rows.view(last.shape).movedim(-1, dim)


def cross_entropy(logits, targets, pad):
    total, count = 0.0 * logits.sum(), 0
    for row, target in zip(logits.flatten(0, -2), targets.flatten().tolist(), strict=True):
        if target != pad:
            total = total + row.logsumexp(0) - row[target]
            count += 1
    return total / max(count, 1)
