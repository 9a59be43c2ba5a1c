"""The pieces around a character model: its split, its batches, its loss and unit, and a sample of what it says."""

import math

import torch
from jaxtyping import Float, Int
from torch import Tensor


def split(ids: Int[Tensor, " N"], share: float = 0.9) -> tuple[Int[Tensor, " M"], Int[Tensor, " R"]]:
    """The first floor(share N) characters to train on, and those after them, before any window is cut."""
    size = int(share * len(ids))
    return ids[:size], ids[size:]


def batches(
    ids: Int[Tensor, " N"], batch_size: int, length: int
) -> list[tuple[Int[Tensor, "B T"], Int[Tensor, "B T"]]]:
    """Windows of a stream, whose targets are the next characters, and whose rows go on from batch to batch.

        K = floor((N - 1) / (B T))
        x_k[b, s] = ids[b K T + k T + s],   y_k[b, s] = ids[b K T + k T + s + 1]

    Shapes: K pairs of (B, T). Row b of batch k + 1 begins where row b of batch k ended, so a state can be carried.
    Karpathy, Johnson and Fei-Fei 2015 (arXiv 1506.02078), sections 3.1 and 3.2.
    """
    count = (len(ids) - 1) // (batch_size * length)
    used = batch_size * count * length
    if not used:
        return []
    x = ids[:used].view(batch_size, count, length)  # (B, K, T)
    y = ids[1 : used + 1].view(batch_size, count, length)
    return [(x[:, k], y[:, k]) for k in range(count)]


def nll(logits: Float[Tensor, "*N V"], targets: Int[Tensor, "*N"]) -> Float[Tensor, ""]:
    """Mean negative log-likelihood of the targets, in nats per character.

    nll = mean over all positions of (log sum_v exp(logits[v]) - logits[target])
    """
    likelihoods = logits.log_softmax(dim=-1).gather(-1, targets[..., None])  # (..., 1)
    return -likelihoods.mean()


def bits_per_character(nats: float) -> float:
    """The same surprise in bits: nats / ln 2."""
    return nats / math.log(2)


def sample(logits: Float[Tensor, "B V"], temperature: float, generator: torch.Generator) -> Int[Tensor, " B"]:
    """One character for each row, drawn with p = softmax(logits / temperature)."""
    return torch.multinomial((logits / temperature).softmax(dim=-1), 1, generator=generator)[:, 0]
