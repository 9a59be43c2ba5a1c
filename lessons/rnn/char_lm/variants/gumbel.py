"""The largest of logits with Gumbel noise; rows made by chunks; the loss by logsumexp."""

import torch
from torch.nn import functional as F


def split(ids, share=0.9):
    return ids.narrow(0, 0, int(share * ids.numel())), ids.narrow(0, int(share * ids.numel()), ids.numel() - int(share * ids.numel()))


def batches(ids, batch_size, length):
    steps = (len(ids) - 1) // (batch_size * length) * length
    if steps == 0:
        return []
    inputs = torch.stack([ids[b * steps : (b + 1) * steps] for b in range(batch_size)])
    targets = torch.stack([ids[b * steps + 1 : (b + 1) * steps + 1] for b in range(batch_size)])
    return list(zip(inputs.split(length, dim=1), targets.split(length, dim=1), strict=True))


def nll(logits, targets):
    flat, wanted = logits.flatten(0, -2), targets.flatten()
    chosen = torch.take_along_dim(flat, wanted[:, None], dim=1).squeeze(1)
    return torch.mean(torch.logsumexp(flat, dim=1) - chosen)


def bits_per_character(nats):
    return nats * 1.4426950408889634


def sample(logits, temperature, generator):
    uniform = torch.rand(logits.shape, generator=generator, dtype=logits.dtype)
    gumbel = -torch.log(-torch.log(uniform.clamp(min=1e-300 if logits.dtype == torch.float64 else 1e-37)))
    return (logits / temperature + gumbel).argmax(dim=-1)
