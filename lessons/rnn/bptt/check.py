"""Sequences, states and upstream gradients on which a wrong backward pass gives itself away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch

from lessons.checking.case import Case
from models.bptt import bptt
from models.recurrence import rnn_forward

REFERENCE = bptt
SINGLE = torch.float32


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes are steps, sequences, inputs, units: all four differ wherever they can, so no two axes can be confused."""
    yield _case("the gradient comes back through every step", rng, (5, 3, 2, 4), laws=True)
    yield _case("a single step: before it there is only h0", rng, (1, 3, 4, 2))
    yield _case("two steps", rng, (2, 4, 3, 5))
    yield _case("a batch of one sequence", rng, (4, 1, 3, 2))
    yield _case("as many inputs as units, as many steps as sequences; by name", rng, (3, 3, 4, 4), by_name=True)
    yield _case("one input and one unit: no axis disappears", rng, (3, 2, 1, 1))
    yield _drawn(rng)
    yield _scattered(_case("tensors that do not lie row by row in memory", rng, (4, 3, 5, 2)))
    yield _case("further back than anybody works out by hand", rng, (35, 1, 2, 3))
    yield _huge(_case("gradients may be huge", rng, (4, 3, 2, 5)))
    yield _tiny(_case("gradients are often tiny", rng, (3, 2, 4, 5)))
    yield _case("float32 stays float32", rng, (4, 2, 3, 5), SINGLE, rtol=1e-4, atol=5e-5, default_dtype="float64")
    yield _case("the results lie on the device of x", rng, (4, 3, 2, 5), meta=True)
    yield _saturated(_case("a unit whose state is 1 passes nothing on", rng, (4, 2, 3, 5), extreme=True))


def _case(
    claim: str,
    rng: torch.Generator,
    sizes: tuple[int, int, int, int],
    dtype: torch.dtype = torch.float64,
    laws: bool = False,
    by_name: bool = False,
    **settings: Any,
) -> Case:
    steps, batch, inputs, units = sizes

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=rng, dtype=dtype)

    x, h0, b = normal(steps, batch, inputs), normal(batch, units), 0.5 * normal(units)
    w, u = 0.7 * normal(units, inputs) / inputs**0.5, 1.2 * normal(units, units) / units**0.5
    h = rnn_forward(x, h0, w, u, b)
    tensors = {"dh": normal(steps, batch, units) + 0.25, "x": x, "h0": h0, "h": h, "w": w, "u": u}
    return Case(claim, tensors, {"laws": laws, "by_name": by_name}, **settings)


def _drawn(rng: torch.Generator) -> Case:
    steps, batch, inputs, units = (torch.randperm(5, generator=rng)[:4] + 2).tolist()
    return _case("sizes drawn for this attempt", rng, (steps, batch, inputs, units))


def _scattered(case: Case) -> Case:
    """The same shapes in another order in memory: the last two axes exchanged."""
    return replace(case, tensors={name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items()})


def _tiny(case: Case) -> Case:
    return replace(case, tensors=case.tensors | {"dh": 1e-9 * case.tensors["dh"]}, atol=1e-18)


def _huge(case: Case) -> Case:
    return replace(case, tensors=case.tensors | {"dh": 1e6 * case.tensors["dh"]})


def _saturated(case: Case) -> Case:
    """What tanh gives from about 20 on, in double precision."""
    case.tensors["h"][:, 0, 1] = 1.0
    case.tensors["h"][2, 1, 3] = -1.0
    return case
