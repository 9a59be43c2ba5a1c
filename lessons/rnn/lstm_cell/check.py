"""Sequences and states on which a wrong lstm_cell gives itself away."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.lstm_cell import lstm_cell

REFERENCE = lstm_cell
FEW, MANY = 2, 5  # steps


def adapted(gate_order: str) -> Callable[..., tuple[Tensor, Tensor]]:
    """The reference by the order of the gates that was declared."""
    return partial(lstm_cell, gate_order=gate_order)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Batch, inputs and units differ in number; states and biases are never zero, but where it is said."""
    yield _case(rng, "five steps from a state that is not zero", 3, 2, 4, steps=MANY)
    yield _begun(rng, "a sequence begins with states of zeros", 2, 3, 5)
    yield _case(rng, "a batch of one", 1, 4, 3)
    yield _case(rng, "one unit", 2, 3, 1)
    yield _case(rng, "as many inputs as units", 2, 3, 3)
    yield _case(rng, "as many rows in the batch as inputs and units", 4, 4, 4)
    yield _case(rng, "four rows in the batch", 4, 3, 2)
    yield _drawn(rng)
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", 3, 2, 4, torch.float32, rtol=1e-4, atol=1e-5)
    yield _case(rng, "both states lie on the device of x", 2, 3, 4, meta=True)
    yield _case(rng, "what holds in every order of the gates", 3, 2, 4, arguments={"laws": True})
    yield _case(rng, "gates that are wide open or shut", 2, 3, 4, scale=1e3, extreme=True)


def _case(
    rng: torch.Generator,
    claim: str,
    batch: int,
    inputs: int,
    units: int,
    dtype: torch.dtype = torch.float64,
    scale: float = 1.0,
    steps: int = FEW,
    **settings: Any,
) -> Case:
    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=rng, dtype=dtype)

    tensors = {
        "x": scale * normal(batch, inputs),
        "later": scale * normal(steps - 1, batch, inputs),
        "h": 0.7 * normal(batch, units).tanh(),
        "c": 1.2 * normal(batch, units) + 0.3,
        "w_ih": normal(4 * units, inputs) / inputs**0.5,
        "w_hh": normal(4 * units, units) / units**0.5,
        "b_ih": 0.6 * normal(4 * units) + 0.2,
        "b_hh": 0.6 * normal(4 * units) - 0.1,
    }
    return Case(claim, tensors, **settings)


def _begun(rng: torch.Generator, claim: str, batch: int, inputs: int, units: int) -> Case:
    case = _case(rng, claim, batch, inputs, units)
    for name in ("h", "c"):
        case.tensors[name].zero_()
    return case


def _drawn(rng: torch.Generator) -> Case:
    batch, inputs, units = (torch.randperm(5, generator=rng)[:3] + 1).tolist()
    return _case(rng, "sizes drawn for this attempt", batch, inputs, units, steps=MANY)


def _scattered(rng: torch.Generator) -> Case:
    case = _case(rng, "tensors that do not lie row by row in memory", 3, 4, 2)
    scattered = {name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items() if tensor.dim() > 1}
    return Case(case.claim, case.tensors | scattered)
