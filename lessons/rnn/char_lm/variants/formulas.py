"""Index by index as the formulas stand, loops over positions, and chance turned over a cumulative sum."""

import math

import torch


def split(ids, share=0.9):
    cut = math.floor(len(ids) * share)
    return ids[torch.arange(cut)], ids[torch.arange(cut, len(ids))]


def batches(ids, batch_size, length):
    count = (ids.shape[0] - 1) // (batch_size * length)
    b = torch.arange(batch_size)[:, None]
    s = torch.arange(length)[None, :]
    for k in range(count):
        place = b * count * length + k * length + s
        yield ids[place], ids[place + 1]


def nll(logits, targets):
    shift = logits - logits.amax(dim=-1, keepdim=True).detach()
    symbols = torch.arange(logits.shape[-1], device=logits.device)
    chosen = (shift * (targets.unsqueeze(-1) == symbols)).sum(-1)
    surprises = shift.exp().sum(-1).log() - chosen
    return surprises.sum() / targets.numel()


def bits_per_character(nats):
    return math.log2(math.exp(nats))


def sample(logits, temperature, generator):
    scaled = logits / temperature
    weights = torch.exp(scaled - scaled.max(dim=1, keepdim=True).values)
    ends = weights.cumsum(1)
    point = torch.rand(len(logits), 1, generator=generator, dtype=torch.float64) * ends[:, -1:].double()
    return (ends.double() <= point).sum(dim=1).clamp(max=logits.shape[1] - 1)
