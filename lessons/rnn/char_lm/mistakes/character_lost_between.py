"""A character between the parts is in neither of them."""

import math

import torch

EQUATION = "held_out = ids[n+1:]"
HINT = 2


def split(ids, share=0.9):
    n = int(share * len(ids))
    return ids[:n], ids[n + 1:]


def batches(ids, batch_size, length):
    count = (len(ids) - 1) // (batch_size * length)
    used = batch_size * count * length
    x = ids[:used].view(batch_size, count * length)
    y = ids[1 : used + 1].view(batch_size, count * length)
    starts = range(0, count * length, length)
    return [(x[:, j : j + length], y[:, j : j + length]) for j in starts]


def nll(logits, targets):
    logs = logits.log_softmax(dim=-1)
    return -logs.gather(-1, targets[..., None]).mean()


def bits_per_character(nats):
    return nats / math.log(2)


def sample(logits, temperature, generator):
    p = (logits / temperature).softmax(dim=-1)
    return torch.multinomial(p, 1, generator=generator).squeeze(1)
