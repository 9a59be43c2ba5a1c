"""Sequences and layers on which a wrong LSTM gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.lstm import LSTM

REFERENCE = LSTM
THEIRS = {"cell": "rnn/lstm_cell.py:lstm_cell"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Batch, steps, inputs, units and layers differ in number, so that no two axes can be confused."""
    yield _case(rng, "one layer, without being asked", 2, 3, 4, 5, 1, by_default=True)
    yield _case(rng, "the second layer reads the first", 3, 2, 4, 5, 2)
    yield _case(rng, "three layers", 4, 2, 3, 2, 3)
    yield _case(rng, "a batch of one", 1, 3, 2, 4, 2)
    yield _case(rng, "a sequence of one step, of one number", 3, 1, 1, 4, 2)
    yield _case(rng, "one unit", 2, 3, 4, 1, 2)
    yield _case(rng, "as many sequences as steps, layers, inputs and units", 2, 2, 2, 2, 2)
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", 3, 2, 4, 5, 2, torch.float32, rtol=1e-4, atol=1e-4)
    yield _case(rng, "everything lies on the device of x", 2, 3, 4, 5, 2, meta=True)
    yield _case(rng, "what holds for every cell", 2, 3, 4, 5, 2, laws=True)
    yield _case(rng, "with your own lstm_cell", 3, 2, 4, 5, 2, laws=True, learner_parts=THEIRS)


def _case(
    rng: torch.Generator,
    claim: str,
    batch: int,
    steps: int,
    inputs: int,
    units: int,
    layers: int,
    dtype: torch.dtype = torch.float64,
    by_default: bool = False,
    laws: bool = False,
    **settings: Any,
) -> Case:
    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=rng, dtype=dtype)

    tensors = {
        "x": normal(batch, steps, inputs),
        "second": normal(batch, 2, inputs),
        "h": normal(layers, batch, units),
        "c": normal(layers, batch, units) + 0.5,
    }
    arguments = {
        "hidden_size": units,
        "num_layers": layers,
        "seed": int(torch.randint(1 << 30, (), generator=rng)),
        "by_default": by_default,
        "laws": laws,
    }
    return Case(claim, tensors, arguments, **settings)


def _scattered(rng: torch.Generator) -> Case:
    """Also of sizes that are drawn for each attempt."""
    batch, steps, inputs, units = (torch.randperm(4, generator=rng) + 2).tolist()
    case = _case(rng, "tensors that do not lie row by row in memory", batch, steps, inputs, units, 2)
    scattered = {name: tensor.transpose(0, 1).contiguous().transpose(0, 1) for name, tensor in case.tensors.items()}
    return Case(case.claim, scattered, case.arguments)
