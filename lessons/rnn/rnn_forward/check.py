"""Sequences and weights on which a wrong recurrent net gives itself away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch

from lessons.checking.case import Case
from models.recurrence import rnn_forward

REFERENCE = rnn_forward
SINGLE = torch.float32


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes are steps, sequences, inputs, units: all four differ wherever they can, so no two axes can be confused."""
    yield _case("every state, from the first to the last", rng, (5, 3, 2, 4), again=True)
    yield _case("many steps, and the gradient goes through all of them", rng, (35, 1, 2, 3))
    yield _case("a single step", rng, (1, 3, 4, 2), again=True)
    yield _case("a batch of one sequence", rng, (4, 1, 3, 2), again=True)
    yield _case("as many inputs as units, as many steps as sequences; by name", rng, (3, 3, 4, 4), by_name=True)
    yield _case("one input and one unit: no axis disappears", rng, (3, 2, 1, 1))
    yield _drawn(rng)
    yield _scattered(_case("tensors that do not lie row by row in memory", rng, (4, 3, 5, 2)))
    yield _case("float32 stays float32", rng, (4, 2, 3, 5), SINGLE, rtol=1e-5, atol=2e-5, default_dtype="float64")
    yield _case("the result lies on the device of x", rng, (4, 3, 2, 5), meta=True)
    yield _loud(_case("sums far beyond what tanh can tell apart", rng, (3, 2, 4, 3), extreme=True))


def _case(
    claim: str,
    rng: torch.Generator,
    sizes: tuple[int, int, int, int],
    dtype: torch.dtype = torch.float64,
    again: bool = False,
    by_name: bool = False,
    **settings: Any,
) -> Case:
    steps, batch, inputs, units = sizes
    shapes = {
        "x": (steps, batch, inputs),
        "h0": (batch, units),
        "w": (units, inputs),
        "u": (units, units),
        "b": (units,),
    }
    tensors = {name: torch.randn(shape, generator=rng, dtype=dtype) for name, shape in shapes.items()}
    tensors["w"] /= inputs**0.5
    tensors["u"] /= units**0.5
    tensors["b"] = 0.5 * tensors["b"].sign() + 0.25 * tensors["b"]
    return Case(claim, tensors, {"again": again, "by_name": by_name}, **settings)


def _drawn(rng: torch.Generator) -> Case:
    steps, batch, inputs, units = (torch.randperm(5, generator=rng)[:4] + 2).tolist()
    return _case("sizes drawn for this attempt", rng, (steps, batch, inputs, units), again=True)


def _scattered(case: Case) -> Case:
    """The same shapes in another order in memory: the last two axes exchanged."""
    tensors = {name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items() if tensor.dim() > 1}
    return replace(case, tensors=case.tensors | tensors)


def _loud(case: Case) -> Case:
    case.tensors["b"] *= 2e3
    return case
