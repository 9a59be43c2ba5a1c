"""The text is cut into B pieces of floor((N - 1) / B) characters, and the end of each piece is left out: rows no longer adjoin, and text is lost in the middle."""

import math

import torch

EQUATION = "x_k[b, s] = ids[b floor((N-1)/B) + k T + s]"
HINT = 2


def split(ids, share=0.9):
    n = int(share * len(ids))
    return ids[:n], ids[n:]


def batches(ids, batch_size, length):
    count = (len(ids) - 1) // (batch_size * length)
    size = (len(ids) - 1) // batch_size
    used = batch_size * size
    x = ids[:used].view(batch_size, size)
    y = ids[1 : used + 1].view(batch_size, size)
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
