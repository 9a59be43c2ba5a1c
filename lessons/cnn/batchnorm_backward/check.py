"""Batches, weights and upstream gradients on which a wrong backward pass gives itself away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.batchnorm_backward import batchnorm_backward

REFERENCE = batchnorm_backward
FAR_AWAY = 1e6


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Shapes are images, channels, rows, columns; the first channel hardly varies, so eps is half of its variance."""
    yield _case("no options: eps is 1e-5", rng, (2, 3, 4, 5))
    yield _case("a channel's values are those of all images, rows and columns", rng, (4, 2, 3, 5), eps=1e-3)
    yield _case("eps is added to the variance, under the root", rng, (2, 5, 3, 4), eps=0.7)
    yield _case("eps may be 0", rng, (3, 2, 4, 1), eps=0.0)
    yield _case("a batch of one image", rng, (1, 2, 5, 3), eps=0.05)
    yield _case("one channel: its axis does not disappear", rng, (3, 1, 4, 2), eps=0.01)
    yield _case("images of one row", rng, (4, 3, 1, 2), eps=0.2)
    yield _case("images of one column, as many channels as rows", rng, (2, 5, 5, 1))
    yield _case("one pixel an image", rng, (5, 3, 1, 1), eps=0.1)
    yield _case("two values per channel", rng, (2, 3, 1, 1), eps=0.3)
    yield _case("as many channels as images, rows and columns", rng, (3, 3, 3, 3), eps=0.03)
    yield _case("eps by position, as many channels as columns", rng, (2, 4, 3, 4), eps=0.4, call="by position")
    yield _case("again with another eps, by name", rng, (3, 2, 2, 4), eps=0.15, call="all by name", then={"eps": 2.5})
    yield _drawn(rng)
    yield _still(_case("a weight of 0 stops dx, not dweight", rng, (2, 4, 3, 2), eps=0.02))
    yield _in_memory(_case("channels last in memory", rng, (2, 4, 3, 5), eps=0.06), (0, 2, 3, 1))
    yield _in_memory(_case("rows and columns exchanged in memory", rng, (2, 3, 4, 5)), (0, 1, 3, 2))
    yield _tiny(_case("gradients are often tiny", rng, (3, 2, 4, 3), eps=0.08))
    yield replace(_case("float32 stays float32", rng, (3, 4, 5, 2), eps=0.5, dtype=torch.float32), rtol=1e-4, atol=1e-3)
    yield replace(_case("the results lie on the device of x", rng, (2, 3, 4, 5)), meta=True)
    yield _far(_case("a channel far away from zero", rng, (2, 3, 4, 5)))
    yield _constant(_case("a channel that does not vary at all", rng, (3, 2, 4, 5)))
    yield replace(_case("one value per channel passes nothing on to x", rng, (1, 3, 1, 1), eps=0.1), extreme=True)


def _case(
    claim: str, rng: torch.Generator, shape: tuple[int, ...], dtype: torch.dtype = torch.float64, **arguments: Any
) -> Case:
    def normal(*size: int) -> Tensor:
        return torch.randn(size, generator=rng, dtype=dtype)

    channels = shape[1]
    spread = torch.linspace(1.0, 4.0, channels, dtype=dtype)[:, None, None]
    spread[0] = 3e-3 if dtype == torch.float64 else 1.0
    x = spread * (normal(*shape) + 2.0 * normal(channels, 1, 1))  # a narrow channel far away would be all rounding
    signs = torch.where(torch.arange(channels) % 2 == 0, -1.0, 1.0).to(dtype)
    weight = signs * (normal(channels).abs() + 0.5)
    return Case(claim, {"dy": normal(*shape) + 0.5, "x": x, "weight": weight}, arguments)


def _drawn(rng: torch.Generator) -> Case:
    shape = tuple((torch.randperm(5, generator=rng)[:4] + 2).tolist())
    eps = float(torch.rand((), generator=rng)) * 0.3 + 0.05
    return _case("sizes and eps drawn for this attempt", rng, shape, eps=eps)


def _still(case: Case) -> Case:
    case.tensors["weight"][1] = 0.0
    return case


def _in_memory(case: Case, order: tuple[int, int, int, int]) -> Case:
    """The same dy and x, with their axes in this order in memory."""
    back = [order.index(axis) for axis in range(4)]
    tensors = {name: case.tensors[name].permute(order).contiguous().permute(back) for name in ("dy", "x")}
    return replace(case, tensors=case.tensors | tensors)


def _tiny(case: Case) -> Case:
    return replace(case, tensors=case.tensors | {"dy": 1e-9 * case.tensors["dy"]}, atol=1e-18)


def _far(case: Case) -> Case:
    case.tensors["x"][:, 1] += FAR_AWAY
    return replace(case, extreme=True, rtol=1e-6, atol=1e-7)


def _constant(case: Case) -> Case:
    case.tensors["x"][:, 0] = 0.5
    return replace(case, extreme=True)
