"""A sum over the vocabulary, one symbol at a time."""

import torch

CONVENTIONS = {"smoothing": "no-padding"}


def noam(step, d_model, warmup):
    steps = (max(step, 1) ** -0.5, max(step, 1) * warmup**-1.5)
    return min(steps) / d_model**0.5


def smoothed_cross_entropy(logits, targets, smoothing, pad):
    symbols = logits.shape[-1]
    log_p = logits - torch.logsumexp(logits, -1, keepdim=True)
    loss = 0
    for symbol in range(symbols):
        q = (1 - smoothing) * (targets == symbol) + (symbol != pad) * smoothing / (symbols - 1)
        loss = loss - q * log_p[..., symbol]
    counts = (targets != pad) * 1.0
    return (loss * counts).sum().to(logits.dtype) / counts.sum().clamp(min=1.0).to(logits.dtype)
