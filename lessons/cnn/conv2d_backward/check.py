"""Images, kernels, settings and upstream gradients on which a wrong backward pass gives itself away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch

from lessons.checking.case import Case
from models.conv_backward import conv2d_backward

REFERENCE = conv2d_backward
DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes are batch, channels, kernels, height, width, kh, kw; wherever it can be they differ, results' sizes too."""
    yield _case("no options: the kernel walks over the bare image", rng, (2, 3, 4, 6, 8, 1, 5), again=True)
    yield _case("every image of the batch adds to dw and db", rng, (4, 1, 2, 6, 7, 3, 2), again=True)
    yield _case("rows and columns that the stride leaves over", rng, (1, 2, 4, 9, 12, 4, 2), stride=3)
    yield _case("p rows and columns of dx are cut off on each side", rng, (2, 3, 1, 6, 5, 3, 4), padding=2)
    yield _case("padding wider than the kernel: some windows see zeros only", rng, (1, 2, 3, 4, 5, 2, 3), padding=3)
    yield _case("a kernel larger than the bare image", rng, (1, 3, 2, 2, 3, 5, 6), padding=3)
    yield _case("dilation spreads the kernel", rng, (1, 2, 3, 9, 10, 3, 4), dilation=2)
    yield _case(
        "stride, padding and dilation together, by position",
        rng, (1, 3, 4, 11, 13, 2, 5), stride=3, padding=1, dilation=2, call="by position", again=True,
    )  # fmt: skip
    yield _case("stride 2 and dilation 3 have their own places", rng, (2, 1, 3, 12, 10, 4, 3), 2, 2, 3)
    yield _case("the stride steps over pixels between the windows", rng, (1, 2, 3, 13, 8, 2, 1), stride=4)
    yield _case("with padding, the rest of the stride lies in the zeros", rng, (2, 2, 1, 5, 7, 3, 3), 3, 2, 1)
    yield _case(
        "the same tensors again with other options, by name",
        rng, (1, 2, 3, 7, 8, 3, 3), stride=2, padding=1, call="all by name", then={"padding": 2, "dilation": 2},
    )  # fmt: skip
    yield _case("a 1x1 kernel mixes channels only", rng, (3, 4, 2, 1, 5, 1, 1), stride=2)
    yield _case("one image, one channel, one pixel: no axis disappears", rng, (1, 1, 1, 2, 3, 2, 3))
    yield _case("as many kernels as channels, as many rows as columns", rng, (3, 3, 3, 5, 5, 3, 3), again=True)
    yield _scattered(_case("tensors that do not lie row by row in memory", rng, (2, 3, 5, 6, 7, 4, 2), 2, 1))
    yield _drawn(rng)
    yield _case("sizes and options beyond the usual", rng, (1, 6, 2, 11, 17, 1, 5), 5, 6, 4)
    yield _tiny(_case("gradients are often tiny", rng, (1, 2, 3, 6, 5, 2, 3), padding=1))
    yield replace(
        _case("float32 stays float32", rng, (2, 3, 4, 7, 8, 1, 5), 2, 1, dtype=torch.float32),
        rtol=1e-5, atol=1e-4, default_dtype="float64",
    )  # fmt: skip
    yield replace(_case("the results lie on the device of x", rng, (2, 3, 4, 7, 8, 1, 5), 2, 1), meta=True)
    yield _bright(_case("one large gradient does not blur the far corner", rng, (1, 2, 3, 7, 8, 2, 3)))


def _case(
    claim: str,
    rng: torch.Generator,
    sizes: tuple[int, ...],
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    dtype: torch.dtype = torch.float64,
    **arguments: Any,
) -> Case:
    batch, channels, kernels, height, width, kh, kw = sizes
    steps = [(side + 2 * padding - dilation * (k - 1) - 1) // stride + 1 for side, k in ((height, kh), (width, kw))]
    shapes = {
        "dy": (batch, kernels, *steps),
        "x": (batch, channels, height, width),
        "w": (kernels, channels, kh, kw),
    }
    tensors = {name: torch.randn(shape, generator=rng, dtype=dtype) + 0.25 for name, shape in shapes.items()}
    given = {"stride": stride, "padding": padding, "dilation": dilation}
    if arguments.get("call") != "by position":  # what is not asked for is left to the defaults
        given = {name: value for name, value in given.items() if value != DEFAULTS[name]}
    return Case(claim, tensors, given | arguments)


def _scattered(case: Case) -> Case:
    """The same shapes, in another order in memory: rows and columns exchanged."""
    return replace(case, tensors={name: tensor.mT.contiguous().mT for name, tensor in case.tensors.items()})


def _drawn(rng: torch.Generator) -> Case:
    channels, kernels, kh, kw = (torch.randperm(4, generator=rng) + 1).tolist()
    height, width = (torch.randperm(4, generator=rng)[:2] + 7).tolist()
    batch, stride, padding, dilation = (int(torch.randint(low, low + 2, (), generator=rng)) for low in (1, 2, 1, 1))
    sizes = (batch, channels, kernels, height, width, kh, kw)
    case = _case("sizes drawn for this attempt, and x as it comes from a ReLU", rng, sizes, stride, padding, dilation)
    return replace(case, tensors=case.tensors | {"x": case.tensors["x"].relu()})


def _tiny(case: Case) -> Case:
    return replace(case, tensors=case.tensors | {"dy": 1e-9 * case.tensors["dy"]}, atol=1e-18)


def _bright(case: Case) -> Case:
    case.tensors["dy"][0, 0, 0, 0] = 1e13
    return replace(case, extreme=True)
