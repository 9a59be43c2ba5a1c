"""Tokens and widths on which a wrong FeedForward gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.feed_forward import FeedForward

REFERENCE = FeedForward


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, tokens, d_model and d_ff differ, but where it is said; d_ff is four times d_model in one case only."""
    yield _case(rng, "a batch of sentences", (2, 3, 4), 7)
    yield _case(rng, "one token alone, without a batch", (3,), 5)
    yield _case(rng, "a batch of one sentence of one token", (1, 1, 4), 6)
    yield _case(rng, "one axis more in front", (2, 1, 4, 3), 5)
    yield _case(rng, "four times as wide inside, as in the paper", (3, 4, 2), 8)
    yield _case(rng, "narrower inside than outside", (3, 2, 5), 1)
    yield _case(rng, "one number a token", (2, 3, 1), 4)
    yield _case(rng, "as many sentences as tokens, and all widths alike", (3, 3, 3), 3)
    sizes = (torch.randperm(5, generator=rng)[:4] + 2).tolist()
    yield _scattered(
        _case(rng, "sizes drawn, and tokens that do not lie row by row in memory", tuple(sizes[:3]), sizes[3])
    )
    yield _case(rng, "large numbers", (2, 3, 4), 6, scale=30.0)
    yield _case(rng, "float32 stays float32", (2, 4, 3), 5, torch.float32, rtol=1e-4, atol=1e-4)
    yield _case(rng, "everything lies on the device of x", (2, 3, 4), 5, meta=True)
    yield _case(rng, "what holds for all weights", (2, 3, 4), 6, laws=True)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    d_ff: int,
    dtype: torch.dtype = torch.float64,
    scale: float = 1.0,
    laws: bool = False,
    **settings: Any,
) -> Case:
    more = (shape[0] + 1, *shape[1:]) if len(shape) > 1 else shape
    tensors = {
        name: scale * torch.randn(size, generator=rng, dtype=dtype)
        for name, size in {"x": shape, "second": more}.items()
    }
    seed = int(torch.randint(1 << 30, (), generator=rng))
    return Case(claim, tensors, {"d_ff": d_ff, "seed": seed, "laws": laws}, **settings)


def _scattered(case: Case) -> Case:
    return Case(case.claim, {name: each.mT.contiguous().mT for name, each in case.tensors.items()}, case.arguments)
