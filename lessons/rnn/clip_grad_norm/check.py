"""Gradients on which a wrong clipping gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.clipping import clip_grad_norm

REFERENCE = clip_grad_norm
WITH_OR_WITHOUT = 1e-5  # relative: norms are 1 at least, so 1e-6 added to one of them is not seen


def cases(rng: torch.Generator) -> Iterator[Case]:
    """`norm` is what all gradients have together; each set of shapes stands for a model."""
    yield _case("all are scaled down together", rng, [(3, 4), (4,), (2, 3, 2)], norm=6.0, max_norm=2.0, laws=True)
    yield _case("a norm below max_norm is left alone", rng, [(3, 2), (5,)], norm=1.5, max_norm=4.0, laws=True)
    yield _case("each is below max_norm, all are above", rng, [(3,), (2, 2), (4,)], norm=3.0, max_norm=2.6)
    yield _case("no gradient for the first and the last", rng, [(2, 3), (4,)], 5.0, 0.5, without=[0, 3])
    yield _case("two without a gradient in between, a list", rng, [(2,), (3, 3)], 4.0, 1.0, without=[1, 2], way="list")
    yield _case(
        "one parameter, a max_norm of 1; by name", rng, [(4, 3)], norm=9.0, max_norm=1, way="list", by_name=True
    )
    yield _case(
        "a parameter that is one number", rng, [(), (1, 3), (1,)], norm=7.0, max_norm=3.0, way="tuple", laws=True
    )
    yield _case("a large max_norm", rng, [(2, 5), (3,)], norm=300.0, max_norm=120.0)
    yield _drawn(rng)
    yield Case("gradients of zeros", {"g0": torch.zeros(2, 3), "g1": torch.zeros(4)}, {"max_norm": 1.0})
    yield Case("no parameter has a gradient", {}, {"max_norm": 1.0, "without": [0, 1]})
    yield Case("no parameters at all", {}, {"max_norm": 1.0, "way": "list"})
    yield _scattered(_case("gradients that do not lie row by row in memory", rng, [(3, 4), (2, 5)], 5.0, 1.5))
    yield _case("float32 stays float32", rng, [(3, 4), (6,)], 5.0, 1.5, torch.float32, default_dtype="float64")
    yield _mixed(_case("float32 beside float64", rng, [(3, 2), (4,)], norm=8.0, max_norm=2.0))
    yield _half(_case("half precision: the norm fits, its square does not", rng, [(8, 4), (16,)], 2e3, 4.0))


def _case(
    claim: str,
    rng: torch.Generator,
    shapes: list[tuple[int, ...]],
    norm: float,
    max_norm: float,
    dtype: torch.dtype = torch.float64,
    default_dtype: str | None = None,
    **arguments: Any,
) -> Case:
    drawn = [torch.randn(shape, generator=rng, dtype=dtype) + 0.5 for shape in shapes]
    factor = norm / float(sum(gradient.square().sum() for gradient in drawn)) ** 0.5
    tensors = {f"g{number}": factor * gradient for number, gradient in enumerate(drawn)}
    given = {"max_norm": max_norm} | arguments
    return Case(claim, tensors, given, rtol=WITH_OR_WITHOUT, atol=1e-9, default_dtype=default_dtype)


def _drawn(rng: torch.Generator) -> Case:
    rows, columns, length = (torch.randperm(5, generator=rng)[:3] + 1).tolist()
    norm = 2.0 + 6.0 * float(torch.rand((), generator=rng))
    share = 0.2 + 0.5 * float(torch.rand((), generator=rng))
    claim = "shapes, norm and max_norm drawn for this attempt"
    return _case(claim, rng, [(rows, columns), (length,), (columns,)], norm, share * norm, without=[2])


def _scattered(case: Case) -> Case:
    case.tensors.update({name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items()})
    return case


def _mixed(case: Case) -> Case:
    case.tensors["g0"] = case.tensors["g0"].float()
    return case


def _half(case: Case) -> Case:
    tensors = {name: tensor.half() for name, tensor in case.tensors.items()}
    return Case(case.claim, tensors, case.arguments, rtol=5e-3, atol=1e-4, extreme=True, default_dtype="float32")
