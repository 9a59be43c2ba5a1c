"""A last batch with shorter windows is kept. Here what does not fill a batch is left out."""

import math

import torch

EQUATION = "K = ceil(S / T), S = floor((N - 1) / B)"
HINT = 2


def split(ids, share=0.9):
    n = int(share * len(ids))
    return ids[:n], ids[n:]


def batches(ids, batch_size, length):
    size = (len(ids) - 1) // batch_size
    used = batch_size * size
    x = ids[:used].view(batch_size, size)
    y = ids[1 : used + 1].view(batch_size, size)
    starts = range(0, size, length)
    return [(x[:, j : j + length], y[:, j : j + length]) for j in starts]


def nll(logits, targets):
    logs = logits.log_softmax(dim=-1)
    return -logs.gather(-1, targets[..., None]).mean()


def bits_per_character(nats):
    return nats / math.log(2)


def sample(logits, temperature, generator):
    p = (logits / temperature).softmax(dim=-1)
    return torch.multinomial(p, 1, generator=generator).squeeze(1)
