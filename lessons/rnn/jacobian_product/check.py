"""States and weights on which a wrong product or a wrong bound gives itself away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch

from lessons.checking.case import Case
from models import jacobian_product as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes are steps, sequences, units; U is never symmetric, and its largest eigenvalue is far from sigma_max."""
    yield _case("every product from h_0 to h_T", rng, (4, 3, 2), laws=True)
    yield _saturated(_case("a unit whose state is 1 or -1 passes nothing on", rng, (3, 2, 3)))
    yield _case("a large U: products and bound may grow", rng, (5, 2, 3), scale=2.5, laws=True)
    yield _case("a small U: both die", rng, (6, 2, 4), scale=0.4, gamma=0.75)
    yield _case("a single step", rng, (1, 2, 3), gamma=0.25)
    yield _case("a batch of one sequence", rng, (3, 1, 4), laws=True)
    yield _case("as many steps as sequences and units", rng, (3, 3, 3), gamma=2.0)
    yield _negative(_case("one unit that turns the sign", rng, (4, 2, 1)))
    yield _drawn(rng)
    yield _scattered(_case("tensors that do not lie row by row in memory", rng, (3, 2, 5)))
    yield _case(
        "float32 stays float32", rng, (3, 2, 4), dtype=torch.float32, rtol=1e-4, atol=2e-5, default_dtype="float64"
    )
    yield _case("the results lie on the device of what comes in", rng, (4, 3, 2), meta=True)


def _case(
    claim: str,
    rng: torch.Generator,
    sizes: tuple[int, int, int],
    scale: float = 1.0,
    dtype: torch.dtype = torch.float64,
    laws: bool = False,
    gamma: float | None = None,
    **settings: Any,
) -> Case:
    _, _, units = sizes
    h = torch.tanh(1.5 * torch.randn(sizes, generator=rng, dtype=dtype))
    u = torch.randn(units, units, generator=rng, dtype=dtype) / units**0.5
    u = scale * (u + 1.5 * torch.ones(units, units, dtype=dtype).triu(1))
    return Case(claim, {"h": h, "u": u}, {"laws": laws, "gamma": gamma}, **settings)


def _drawn(rng: torch.Generator) -> Case:
    steps, batch, units = (torch.randperm(4, generator=rng)[:3] + 2).tolist()
    gamma = float(torch.rand((), generator=rng)) * 0.6 + 0.2
    return _case("sizes and gamma drawn for this attempt", rng, (steps, batch, units), gamma=gamma, laws=True)


def _negative(case: Case) -> Case:
    return replace(case, tensors=case.tensors | {"u": -case.tensors["u"].abs() - 0.5})


def _saturated(case: Case) -> Case:
    case.tensors["h"][:, 0, 1] = 1.0
    case.tensors["h"][1, 1, 0] = -1.0
    return case


def _scattered(case: Case) -> Case:
    return replace(case, tensors={name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items()})
