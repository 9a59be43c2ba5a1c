"""Tables and tokens on which wrong Embeddings give themselves away."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch

from lessons.checking.case import Case
from models.embeddings import Embeddings

REFERENCE = Embeddings
# Six standard errors of what 12,000 normal numbers' deviation differs by between two draws.
MANY, WIDE, SPREAD = 300, 40, 0.055


def adapted(output: str) -> Callable[[int, int], Embeddings]:
    """The reference by the way out that was declared."""
    return partial(Embeddings, output=output)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, tokens, vocabulary and d differ, but where it is said; d is no square; id 0 and the last one occur."""
    yield _case(rng, "a batch of sentences", (2, 4), 7, 5)
    yield _case(rng, "a single token, without any axis", (), 5, 3)
    yield _case(rng, "one sentence of one token", (1, 1), 4, 6)
    yield _case(rng, "one axis more in front", (2, 1, 3), 5, 8)
    yield _case(rng, "a vocabulary of one token", (2, 3), 1, 5)
    yield _case(rng, "as many sentences as tokens, words and columns", (3, 3), 3, 3)
    yield _case(rng, "a token that comes again and again", (3, 5), 2, 7)
    yield _drawn(rng)
    yield _case(rng, "float32 stays float32", (2, 3), 6, 5, torch.float32, rtol=1e-4, atol=1e-4)
    yield _case(rng, "everything lies on the device of the tokens", (2, 3), 6, 5, meta=True)
    arguments = {"num_tokens": MANY, "d_model": WIDE, "seed": _seed(rng)}
    yield Case("what a new table starts with", {}, arguments, rtol=SPREAD)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    num_tokens: int,
    d_model: int,
    dtype: torch.dtype = torch.float64,
    **settings: Any,
) -> Case:
    def normal(*sizes: int) -> torch.Tensor:
        return torch.randn(sizes, generator=rng, dtype=dtype)

    ids = torch.randint(num_tokens, shape, generator=rng)
    if ids.numel() > 1:
        ids.view(-1)[0], ids.view(-1)[-1] = 0, num_tokens - 1
    weight, projection = normal(num_tokens, d_model), normal(num_tokens, d_model)
    tensors = {"ids": ids, "x": normal(*shape, d_model), "weight": weight, "projection": projection}
    return Case(claim, tensors, {"num_tokens": num_tokens, "d_model": d_model, "seed": _seed(rng)}, **settings)


def _drawn(rng: torch.Generator) -> Case:
    """Also with ids and vectors that do not lie row by row in memory."""
    batch, tokens, num_tokens = (torch.randperm(5, generator=rng)[:3] + 2).tolist()
    case = _case(rng, "sizes drawn, and tokens that do not lie row by row", (batch, tokens), num_tokens, 10)
    turned = {name: case.tensors[name].transpose(0, 1).contiguous().transpose(0, 1) for name in ("ids", "x")}
    return Case(case.claim, case.tensors | turned, case.arguments)


def _seed(rng: torch.Generator) -> int:
    return int(torch.randint(1 << 30, (), generator=rng))
