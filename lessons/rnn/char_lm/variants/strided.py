"""One strided view for all windows, a selection matrix for the loss, a seeded Python generator for the chance."""

import math
import random

import torch


def split(ids, share=0.9):
    first = int(len(ids) * share)
    return torch.split(ids, (first, len(ids) - first))


def batches(ids, batch_size, length):
    n = max(0, (len(ids) - 1) // (batch_size * length))
    view = ids.contiguous().as_strided((2, n, batch_size, length), (1, length, n * length, 1))
    return [tuple(pair) for pair in view.transpose(0, 1)]


def nll(logits, targets):
    p = logits.softmax(-1)
    log_p = torch.where(p > 1e-30, p.clamp(min=1e-30).log(), logits - logits.logsumexp(-1, keepdim=True))
    hot = torch.zeros_like(log_p).scatter(-1, targets[..., None], 1.0)
    return -(log_p * hot).sum() / targets.numel()


def bits_per_character(nats):
    return math.log(math.e, 2) * nats


def sample(logits, temperature, generator):
    dice = random.Random(int(torch.randint(1 << 60, (1,), generator=generator)))
    p = ((logits - logits.max(1, keepdim=True)[0]) / temperature).exp()
    symbols = range(p.shape[1])
    return torch.tensor([dice.choices(symbols, weights=row)[0] for row in p.tolist()])
