"""Plain Python where it can be: lists of rows, a loop over positions, powers of probabilities."""

import math

import torch


class Stream:
    def __init__(self, ids, batch_size, length):
        self.ids, self.rows, self.length = ids, batch_size, length
        self.count = (len(ids) - 1) // batch_size // length

    def window(self, k, shift):
        starts = [row * self.count * self.length + k * self.length + shift for row in range(self.rows)]
        return torch.stack([self.ids[start : start + self.length] for start in starts])

    def __len__(self):
        return self.count


def split(ids, share=0.9):
    size = 0
    while size + 1 <= share * len(ids):
        size += 1
    return tuple(ids.tensor_split([size]))


def batches(ids, batch_size, length):
    stream = Stream(ids, batch_size, length)
    return [(stream.window(k, 0), stream.window(k, 1)) for k in range(len(stream))]


def nll(logits, targets):
    symbols = logits.shape[-1]
    total, rows = 0.0, logits.reshape(-1, symbols)
    for row, target in zip(rows.unbind(), targets.reshape(-1).unbind()):
        log_p = torch.log_softmax(row, 0)
        total = total - log_p.index_select(0, target.view(1))[0]
    return total / len(rows)


def bits_per_character(nats):
    return nats / math.log(2.0)


def sample(logits, temperature, generator):
    p = torch.softmax(logits - logits.amax(-1, keepdim=True), dim=-1).double()
    tempered = p ** (1.0 / temperature)
    tempered = tempered / tempered.sum(dim=-1, keepdim=True)
    exponential = torch.empty_like(tempered).exponential_(generator=generator)
    return torch.argmax(tempered / exponential, dim=-1)
