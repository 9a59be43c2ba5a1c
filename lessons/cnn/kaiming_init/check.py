"""Weights whose fans lie far apart, each of 40,000 numbers or more, and the ways in which one is handed over.

With 40,000 numbers on either side the difference of two standard deviations has a standard error of 0.5%, that of two
medians of sizes 0.8%, and that of two 99% points 0.95% for a normal distribution (less for a uniform one). TOLERANCE is
more than six times the largest; the nearest mistake is 12% away.
"""

import math
from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.initialisation import kaiming_init_

REFERENCE = kaiming_init_
NUMBERS, TOLERANCE = 40_000, 0.06


def cases(rng: torch.Generator) -> Iterator[Case]:
    """The numbers first, then the tensor, the generator, and what must be refused."""
    yield _case(rng, "a linear layer, as it comes", (400, 100))
    yield _case(rng, "a linear layer, fan_out", (400, 100), mode="fan_out")
    yield _case(rng, "a linear layer, uniform", (80, 500), distribution="uniform")
    yield _case(rng, "a convolution counts the pixels of its kernel", (40, 20, 5, 10))
    yield _case(rng, "a convolution, fan_out", (40, 20, 10, 5), mode="fan_out")
    yield _case(rng, "a convolution, uniform", (10, 64, 9, 7), distribution="uniform")
    both: dict[str, Any] = {"mode": "fan_out", "distribution": "uniform"}
    yield _case(rng, "fan_out and uniform by position", (20, 80, 4, 7), positional=True, **both)
    yield _case(rng, "one input channel", (40, 1, 25, 40))
    yield _case(rng, "one output, normal named", (1, 40_000), distribution="normal")
    yield _case(rng, "one input, uniform", (40_000, 1), distribution="uniform")
    yield _case(rng, "as many outputs as inputs, fan_in named", (200, 200), mode="fan_in")
    yield _case(rng, "all four axes alike", (15, 15, 15, 15), distribution="uniform")
    yield _case(rng, "a 1x1 kernel", (100, 400, 1, 1), mode="fan_out")
    yield _case(rng, "a 1x7 kernel", (30, 200, 1, 7))
    yield _case(rng, "float32 stays float32", (60, 30, 5, 5), dtype="float32")
    yield _drawn(rng)
    yield _case(rng, "a parameter stays the leaf that it is", (3, 4, 2, 5), look="tensor")
    yield _case(rng, "a float32 weight, uniform", (5, 3), look="tensor", dtype="float32", distribution="uniform")
    yield _case(rng, "the global generator gives the numbers", (400, 100), look="seeds")
    yield _case(rng, "the global generator gives the uniform ones too", (100, 400), look="seeds", **both)
    yield _case(rng, "a weight that is a view with strides", (50, 80, 5, 2), look="views")
    yield _case(rng, "a weight of six numbers, often", (2, 3), look="small")
    yield _case(rng, "a deep net of ReLU layers, normal", (), look="net")
    yield _case(rng, "a deep net of ReLU layers, uniform", (), look="net", distribution="uniform")
    yield _case(rng, "a mode that does not exist", (3, 4), mode="fan_avg")
    yield _case(rng, "a distribution that does not exist", (3, 4), distribution="gauss")
    yield _case(rng, "a bias has no fan", (5,))


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    look: str = "numbers",
    dtype: str = "float64",
    positional: bool = False,
    **options: str,
) -> Case:
    seed = int(torch.randint(1 << 30, (), generator=rng))
    arguments: dict[str, Any] = {"weight_shape": list(shape), "options": options, "look": look, "seed": seed}
    arguments |= {"positional": positional, "dtype": dtype}
    return Case(claim, {}, arguments, rtol=TOLERANCE)


def _drawn(rng: torch.Generator) -> Case:
    kh, kw, inputs = (int(torch.randint(low, high, (), generator=rng)) for low, high in ((2, 5), (5, 8), (5, 20)))
    outputs = math.ceil(NUMBERS / (kh * kw * inputs))
    mode = ("fan_in", "fan_out")[int(torch.randint(2, (), generator=rng))]
    return _case(rng, "a shape drawn for this attempt", (outputs, inputs, kh, kw), mode=mode)
