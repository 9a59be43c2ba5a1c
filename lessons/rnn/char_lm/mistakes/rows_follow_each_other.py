"""The rows of a batch are neighbours in the text: row b goes on in row b + 1 of the same batch, and in the next batch the state that it left belongs to other text."""

import math

import torch

EQUATION = "x_k[b, s] = ids[k B T + b T + s]"
HINT = 1


def split(ids, share=0.9):
    n = int(share * len(ids))
    return ids[:n], ids[n:]


def batches(ids, batch_size, length):
    count = (len(ids) - 1) // (batch_size * length)
    used = batch_size * count * length
    x = ids[:used].view(batch_size, count * length)
    y = ids[1 : used + 1].view(batch_size, count * length)
    return list(zip(x.reshape(count, batch_size, length), y.reshape(count, batch_size, length)))


def nll(logits, targets):
    logs = logits.log_softmax(dim=-1)
    return -logs.gather(-1, targets[..., None]).mean()


def bits_per_character(nats):
    return nats / math.log(2)


def sample(logits, temperature, generator):
    p = (logits / temperature).softmax(dim=-1)
    return torch.multinomial(p, 1, generator=generator).squeeze(1)
