"""Sentences with padding at the end, in front and in between, on which a wrong mask gives itself away."""

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import torch

from lessons.checking.case import Case
from models import masks as REFERENCE  # noqa: N812 - the examiner asks for it by this name

FUNCTIONS = ("padding_mask", "causal_mask", "target_mask")


def adapted(mask: str) -> SimpleNamespace:
    """The reference by the kind of mask that was declared."""
    functions = {name: partial(getattr(REFERENCE, name), polarity=mask) for name in FUNCTIONS}
    return SimpleNamespace(**functions, CONVENTIONS={"mask": mask})


def cases(rng: torch.Generator) -> Iterator[Case]:
    """`.` is padding, every other sign a token; ids are drawn, and so is the one that stands for padding."""
    yield _case(rng, "three sentences, filled up at the end", "ab... abcd. a....")
    yield _case(rng, "padding in front and between tokens", ".ab. a.bc", pad=0, sizes=[2, 1])
    yield _case(rng, "nothing is padding", "abc bca", pad=3)
    yield _case(rng, "as many sentences as tokens", "ab. a.. abc", pad=1)
    yield _case(rng, "a sentence of nothing but padding", "abcd .... abc.")
    yield _case(rng, "one sentence of two tokens", "ab", sizes=[1, 2])
    yield _drawn(rng)
    yield _scattered(rng)
    yield _case(rng, "masks made where float32 is the default", "ab. abc", default_dtype="float32")
    yield _case(rng, "the masks lie on the device of the ids", "ab. abc", sizes=[], meta=True)
    yield _case(rng, "what holds for every kind of mask", "ab.. a.bc", laws=True)


def _case(
    rng: torch.Generator,
    claim: str,
    sentences: str,
    pad: int = 2,
    sizes: list[int] | None = None,
    laws: bool = False,
    **settings: Any,
) -> Case:
    padded = torch.tensor([[sign == "." for sign in sentence] for sentence in sentences.split()])
    drawn = torch.randint(9, padded.shape, generator=rng)
    ids = (drawn + (drawn >= pad)).masked_fill(padded, pad)
    arguments = {"pad": pad, "sizes": [3, 4] if sizes is None else sizes, "laws": laws}
    return Case(claim, {"ids": ids}, arguments, **settings)


def _drawn(rng: torch.Generator) -> Case:
    rows, places = (torch.randperm(4, generator=rng)[:2] + 2).tolist()
    signs = torch.rand(rows, places, generator=rng) < 0.4
    sentences = " ".join("".join(".a"[int(not each)] for each in row) for row in signs.tolist())
    return _case(rng, "sizes drawn for this attempt", sentences, pad=int(torch.randint(9, (), generator=rng)))


def _scattered(rng: torch.Generator) -> Case:
    """Time first in memory, as some loaders have it."""
    case = _case(rng, "ids that do not lie row by row in memory", "ab... abcd. .abcd")
    return Case(case.claim, {"ids": case.tensors["ids"].T.contiguous().T}, case.arguments)
