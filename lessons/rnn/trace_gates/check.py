"""Texts, nets and modes on which a careless look at the gates gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.gate_trace import trace_gates

REFERENCE = trace_gates
ALL = ["*"]


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Vocabulary V, inputs D, units H and length T differ, so that no two axes can be confused."""
    yield _case(rng, "a text of four characters", (7, 5, 3), 4)
    yield _case(rng, "a net in training mode: its dropout rests while it is watched", (6, 8, 2), 3, training=ALL)
    yield _case(rng, "only parts of the net are in training mode", (5, 9, 2), 3, training=["dropout", "head"])
    yield _case(rng, "a part rests in a net that trains", (5, 3, 2), 3, training=["", "cell"])
    yield _case(rng, "blocks in the order i, f, o, g", (6, 3, 4), 3, gate_order="ifog")
    yield _case(rng, "blocks in an order drawn for this attempt", (6, 4, 2), 3, gate_order=_drawn_order(rng))
    yield _case(rng, "a state that is carried on from an earlier text", (5, 2, 4), 3, state=True)
    yield _case(rng, "a single character", (4, 3, 2), 1, state=True)
    yield _case(rng, "a single unit", (4, 3, 1), 3)
    yield _case(rng, "as many characters as inputs, units and symbols", (3, 3, 3), 3, state=True, gate_order="fgoi")
    yield _case(rng, "one character again and again", (3, 2, 5), 3, ids=[1] * 3)
    yield _case(rng, "called where no gradients are recorded", (5, 3, 2), 3, grad=False)
    yield _case(rng, "an id beyond the vocabulary", (3, 2, 4), 3, ids=[2, 3, 1], training=["", "dropout", "head"])
    long = _case(rng, "ids that do not lie side by side in memory", (6, 2, 4), 6)
    yield Case(long.claim, {"ids": long.tensors["ids"][::2]}, long.arguments)
    yield _case(rng, "float32 stays float32", (5, 4, 3), 3, dtype=torch.float32, state=True)
    yield _case(rng, "gates that are saturated", (5, 3, 4), 3, scale=1500.0, extreme=True)
    yield _case(rng, "the traces lie on the device of the net", (5, 4, 2), 3, meta=True)


def _drawn_order(rng: torch.Generator) -> str:
    """Never the usual one, which would hide that the order was assumed."""
    place = int(torch.randint(1, 4, (), generator=rng))
    return "ifgo"[place:] + "ifgo"[:place]


def _case(
    rng: torch.Generator,
    claim: str,
    sizes: tuple[int, int, int],
    length: int,
    ids: list[int] | None = None,
    state: bool = False,
    dtype: torch.dtype = torch.float64,
    **options: Any,
) -> Case:
    settings = {key: options.pop(key) for key in ("extreme", "meta") if key in options}
    drawn = torch.randperm(max(sizes[0], length), generator=rng)[:length] % sizes[0]  # neighbours differ
    tensors: dict[str, Tensor] = {"ids": drawn if ids is None else torch.tensor(ids)}
    if state:
        tensors |= {name: torch.randn(sizes[2], generator=rng, dtype=dtype) for name in "hc"}
    seed = int(torch.randint(1 << 30, (), generator=rng))
    rtol, atol = (2e-4, 2e-5) if dtype == torch.float32 else (1e-7, 1e-9)
    arguments = {"sizes": list(sizes), "seed": seed, **options}
    return Case(claim, tensors, arguments, rtol=rtol, atol=atol, **settings)
