"""Queries, keys and masks on which a wrong attention gives itself away."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.attention import attention

REFERENCE = attention


def adapted(mask: str) -> Callable[..., Any]:
    """The reference by the kind of mask that was declared."""
    declared = partial(attention, polarity=mask)
    vars(declared)["CONVENTIONS"] = {"mask": mask}  # where a file has it beside its function
    return declared


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Queries, keys and both widths differ in number, but where it is said; masks of every form that broadcasts."""
    yield _case(rng, "three queries, five keys, no mask", (2,), 3, 5, 4, 6)
    yield _case(rng, "without an axis in front", (), 3, 4, 5, 2, mask=(3, 4))
    yield _case(rng, "each sentence has keys of its own to hide", (2, 3), 4, 5, 6, 3, mask=(2, 1, 1, 5))
    yield _causal(rng, "no query looks at later keys", (2, 1), 4, 3, 5)
    yield _case(rng, "a query that may see nothing", (2, 3), 4, 5, 3, 2, mask=(4, 5), blind=True)
    yield _case(rng, "one query, one number wide", (3,), 1, 4, 1, 2, mask=(3, 1, 4))
    yield _case(rng, "one key", (1, 2), 3, 1, 4, 5)
    yield _case(rng, "everything counts three", (3, 3), 3, 3, 3, 3, mask=(3, 1, 3, 3))
    yield _drawn(rng)
    yield _scattered(rng)
    yield _case(
        rng, "float32 stays float32", (2, 2), 3, 4, 5, 6, torch.float32, mask=(2, 1, 3, 4), rtol=1e-4, atol=1e-5
    )
    yield _case(rng, "the results lie on the device of q", (2, 1), 3, 4, 5, 2, mask=(2, 1, 1, 4), meta=True)
    yield _padded(rng, "what holds for all numbers")
    yield _case(rng, "scores of a thousand", (2,), 3, 4, 5, 2, mask=(2, 1, 4), scale=40.0, extreme=True)


def _case(
    rng: torch.Generator,
    claim: str,
    front: tuple[int, ...],
    n: int,
    m: int,
    d_k: int,
    d_v: int,
    dtype: torch.dtype = torch.float64,
    mask: tuple[int, ...] | None = None,
    scale: float = 1.0,
    blind: bool = False,
    **settings: Any,
) -> Case:
    """Every query may see a key or two, unless it is `blind`: then the second of them sees none."""

    def normal(*shape: int) -> Tensor:
        return scale * (torch.randn(*front, *shape, generator=rng, dtype=dtype) + 0.25)

    tensors = {"q": normal(n, d_k), "k": normal(m, d_k), "v": normal(m, d_v)}
    if mask is not None:
        order = torch.rand(mask, generator=rng).argsort(-1)  # of each row: two keys are seen, and one is not
        tensors["keep"] = (order < 2) | ((order > 2) & (torch.rand(mask, generator=rng) < 0.5))
    if blind:
        tensors["keep"][1] = False
    return Case(claim, tensors, **settings)


def _causal(rng: torch.Generator, claim: str, front: tuple[int, ...], n: int, d_k: int, d_v: int) -> Case:
    case = _case(rng, claim, front, n, n, d_k, d_v)
    return Case(claim, case.tensors | {"keep": torch.ones(1, 1, n, n, dtype=torch.bool).tril()})


def _padded(rng: torch.Generator, claim: str) -> Case:
    """Keys that are hidden from all queries of a sentence, so that what they hold can be changed."""
    case = _case(rng, claim, (2, 2), 3, 4, 5, 6)
    keep = torch.tensor([[True, True, False, False], [True, False, True, True]]).view(2, 1, 1, 4)
    return Case(claim, case.tensors | {"keep": keep}, {"laws": True})


def _drawn(rng: torch.Generator) -> Case:
    """A mask for every sentence, head, query and key."""
    n, m, d_k, d_v = (torch.randperm(5, generator=rng)[:4] + 2).tolist()
    return _case(rng, "sizes drawn for this attempt", (2, 3), n, m, d_k, d_v, mask=(2, 3, n, m))


def _scattered(rng: torch.Generator) -> Case:
    """Heads lie beside each other in memory, as they do where they come out of one matrix."""
    case = _case(rng, "tensors that do not lie row by row in memory", (2, 3), 4, 5, 2, 6, mask=(2, 3, 4, 5))
    scattered = {name: tensor.transpose(1, 2).contiguous().transpose(1, 2) for name, tensor in case.tensors.items()}
    return Case(case.claim, scattered)
