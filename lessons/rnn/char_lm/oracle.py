"""The loss by torch's cross entropy, samples by torch's categorical distribution where it can be seeded."""

import math

import torch
from torch import Tensor, nn


def split(ids: Tensor, share: float = 0.9) -> tuple[Tensor, Tensor]:
    size = math.floor(share * ids.numel())
    train, held_out = torch.split(ids, [size, ids.numel() - size])
    return train, held_out


def batches(ids: Tensor, batch_size: int, length: int) -> list[tuple[Tensor, Tensor]]:
    windows = ids.unfold(0, length + 1, length) if len(ids) > length else ids.new_empty(0, length + 1)
    count = len(windows) // batch_size
    rows = windows[: count * batch_size].reshape(batch_size, count, length + 1)
    return [(rows[:, k, :-1], rows[:, k, 1:]) for k in range(count)]


def nll(logits: Tensor, targets: Tensor) -> Tensor:
    return nn.functional.cross_entropy(logits.flatten(0, -2), targets.flatten())


def bits_per_character(nats: float) -> float:
    return nats * math.log2(math.e)


def sample(logits: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(1 << 62, (), generator=generator)))
        return torch.distributions.Categorical(logits=logits / temperature).sample()
