"""Windows of T + 1 characters are cut into input and target, and the next one begins after them: the T-th target is never an input, and the state misses it."""

import math

import torch

EQUATION = "x_k[b, s] = ids[... + k (T + 1) + s]"
HINT = 2


def split(ids, share=0.9):
    n = int(share * len(ids))
    return ids[:n], ids[n:]


def batches(ids, batch_size, length):
    count = len(ids) // (batch_size * (length + 1))
    rows = ids[: batch_size * count * (length + 1)].view(batch_size, count * (length + 1))
    starts = range(0, count * (length + 1), length + 1)
    return [(rows[:, j : j + length], rows[:, j + 1 : j + length + 1]) for j in starts]


def nll(logits, targets):
    logs = logits.log_softmax(dim=-1)
    return -logs.gather(-1, targets[..., None]).mean()


def bits_per_character(nats):
    return nats / math.log(2)


def sample(logits, temperature, generator):
    p = (logits / temperature).softmax(dim=-1)
    return torch.multinomial(p, 1, generator=generator).squeeze(1)
