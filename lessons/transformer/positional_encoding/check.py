"""Numbers of positions and columns on which a wrong positional_encoding gives itself away."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.positional_encoding import positional_encoding

REFERENCE = positional_encoding
FAR = 5001  # one more than a table that is often copied has
ROUNDED, ROUNDED_FAR = 1e-5, 2e-3  # an angle may be rounded to float32 on its way


def adapted(layout: str) -> Callable[[int, int], Tensor]:
    """The reference by the layout that was declared."""
    return partial(positional_encoding, layout=layout)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Positions and columns differ in number, but where it is said."""
    yield _case("five positions of six columns: three waves", 5, 6)
    yield _case("position 0 alone", 1, 8)
    yield _case("two columns: one wave", 6, 2)
    yield _case("as many positions as columns", 4, 4)
    n, half = (torch.randperm(6, generator=rng)[:2] + 2).tolist()
    yield _case("sizes drawn for this attempt", n, 2 * half)
    yield _case("more columns than positions", 3, 20)
    yield _case("float32 where that is torch's default", 7, 6, default_dtype="float32")
    yield _case("what holds for every layout", 9, 8, laws=True)
    yield _case("five thousand positions", FAR, 4, atol=ROUNDED_FAR, once=True)
    yield _case("far positions as exactly as float64 can tell them", 1000, 4, atol=1e-8, once=True, extreme=True)
    yield _case("hundreds of columns", 3, 512, once=True, extreme=True)


def _case(
    claim: str, n: int, d: int, laws: bool = False, once: bool = False, atol: float = ROUNDED, **settings: Any
) -> Case:
    return Case(claim, {}, {"n": n, "d": d, "laws": laws, "once": once}, rtol=0.0, atol=atol, **settings)
