"""Sentences, masks and caches on which wrong heads give themselves away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.multi_head_attention import MultiHeadAttention

REFERENCE = MultiHeadAttention
THEIRS = {"attention": "transformer/attention.py:attention"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Batch, queries, keys, heads and width differ in number, but where it is said; keys are not the values."""
    yield _case(rng, "self-attention with two heads", (2, 3, 8), 2)
    yield _case(rng, "keys and values from elsewhere, padding among them", (2, 3, 8), 4, keys=5, mask=(2, 1, 1, 5))
    yield _case(rng, "a mask for every sentence, head, query and key", (2, 4, 6), 3, keys=5, mask=(2, 3, 4, 5))
    yield _case(rng, "one head, and one query", (2, 1, 3), 1, keys=4)
    yield _case(rng, "two of everything", (2, 2, 4), 2, keys=2, mask=(2, 2))
    yield _case(rng, "an attention that gives no weights, and heads of one number", (1, 3, 4), 4, look="no weights")
    yield _case(rng, "piece by piece, with a cache", (2, 4, 6), 3, look="cache", pieces=[1, 2, 1])
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", (2, 3, 8), 2, torch.float32, keys=5, rtol=1e-4, atol=1e-4)
    yield _case(rng, "everything lies on the device of the query", (2, 3, 6), 2, keys=4, mask=(2, 1, 1, 4), meta=True)
    yield _case(rng, "what the weights begin with", (1, 1, 32), 4, look="beginning")
    yield _case(rng, "what holds for every attention", (2, 3, 8), 2, look="laws")
    yield _case(rng, "with your own attention", (2, 4, 6), 3, look="laws", learner_parts=THEIRS)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, int, int],
    num_heads: int,
    dtype: torch.dtype = torch.float64,
    keys: int | None = None,
    mask: tuple[int, ...] | None = None,
    look: str = "calls",
    pieces: list[int] | None = None,
    **settings: Any,
) -> Case:
    """Without `keys` it is self-attention."""
    batch, queries, width = shape

    def normal(places: int) -> Tensor:
        return torch.randn(batch, places, width, generator=rng, dtype=dtype) + 0.25

    tensors = {"query": normal(queries)}
    if keys is not None:
        tensors |= {"key": normal(keys), "value": normal(keys)}
    if mask is not None:
        tensors["keep"] = torch.rand(mask, generator=rng).argsort(-1) > 0  # one of each row is hidden
    seed = int(torch.randint(1 << 30, (), generator=rng))
    return Case(claim, tensors, {"num_heads": num_heads, "seed": seed, "look": look, "pieces": pieces}, **settings)


def _scattered(rng: torch.Generator) -> Case:
    """Time first in memory; sizes that are drawn for each attempt."""
    batch, queries, keys = (torch.randperm(4, generator=rng)[:3] + 2).tolist()
    case = _case(rng, "tensors that do not lie row by row in memory", (batch, queries, 10), 5, keys=keys)
    scattered = {name: tensor.transpose(0, 1).contiguous().transpose(0, 1) for name, tensor in case.tensors.items()}
    return Case(case.claim, scattered, case.arguments)
