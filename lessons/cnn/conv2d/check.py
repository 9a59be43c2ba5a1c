"""Images, kernels and settings on which a wrong convolution gives itself away."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.conv import conv2d

REFERENCE = conv2d


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Every size of a case differs from its others wherever it can, so that no two axes can be confused."""
    yield Case("with no options the kernel is laid on the bare image", _tensors(rng, 2, 3, 4, 6, 7, 1, 5))
    yield Case(
        "a bias is added once to every output of its channel",
        _tensors(rng, 4, 1, 2, 6, 7, 3, 2, bias=True),
        {"life": True},
    )
    yield Case(
        "an incomplete last step of the stride is dropped",
        _tensors(rng, 1, 2, 4, 8, 11, 5, 3, bias=True),
        {"stride": 3},
    )
    yield Case("p zeros lie on each of the four sides", _tensors(rng, 2, 3, 1, 6, 5, 3, 4), {"padding": 2})
    yield Case("padding may be wider than the kernel", _tensors(rng, 2, 1, 3, 4, 5, 2, 3, bias=True), {"padding": 4})
    yield Case(
        "with padding the kernel may be larger than the bare image", _tensors(rng, 1, 3, 2, 2, 3, 5, 6), {"padding": 3}
    )
    yield Case(
        "a bias of zeros still has a gradient",
        _zero_bias(_tensors(rng, 1, 2, 3, 4, 5, 2, 3, bias=True)),
        {"steps": True},
    )
    yield Case(
        "the same tensors again with other options, and the bias by its name",
        _tensors(rng, 1, 2, 3, 7, 8, 2, 3, bias=True),
        {"b_by_name": True, "then": {"stride": 2, "padding": 0, "dilation": 2}},
    )
    yield Case(
        "by position without a bias: Conv2d(bias=False) calls it so",
        _tensors(rng, 1, 2, 2, 5, 6, 3, 2),
        {"stride": 2, "padding": 1, "dilation": 1, "positional": True, "life": True},
    )
    yield Case(
        "sizes and options beyond the usual",
        _tensors(rng, 6, 7, 2, 19, 23, 1, 3, bias=True),
        {"stride": 5, "padding": 6, "dilation": 4},
    )
    yield Case(
        "large and small numbers alike", _of_all_sizes(_tensors(rng, 1, 2, 3, 4, 5, 2, 3, bias=True)), atol=1e-16
    )
    yield Case("dilation spreads the kernel", _tensors(rng, 1, 2, 3, 9, 10, 3, 4), {"dilation": 2})
    yield Case(
        "stride, padding and dilation together, by position",
        _tensors(rng, 1, 3, 4, 11, 12, 2, 5, bias=True),
        {"stride": 3, "padding": 1, "dilation": 2, "positional": True},
    )
    yield Case(
        "stride 2 and dilation 3 are not exchanged",
        _tensors(rng, 2, 1, 3, 12, 10, 4, 3),
        {"stride": 2, "padding": 2, "dilation": 3, "life": True},
    )
    yield Case(
        "what holds for every convolution, whatever its numbers",
        _tensors(rng, 2, 3, 2, 5, 6, 2, 3, bias=True),
        {"laws": True},
    )
    yield Case("one image, one channel, one pixel: no axis disappears", _tensors(rng, 1, 1, 1, 2, 3, 2, 3, bias=True))
    yield Case("a 1x1 kernel mixes channels only", _tensors(rng, 3, 4, 2, 1, 5, 1, 1, bias=True), {"stride": 2})
    yield Case(
        "tensors that do not lie row by row in memory",
        _scattered(_tensors(rng, 2, 3, 5, 6, 7, 4, 2, bias=True)),
        {"stride": 2, "padding": 1},
    )
    yield Case(
        "as many kernels as channels, rows of the kernel and columns of the result",
        _tensors(rng, 3, 3, 3, 5, 5, 3, 3, bias=True),
    )
    yield _drawn(rng)
    yield Case(
        "float32 stays float32",
        _tensors(rng, 2, 3, 4, 7, 6, 1, 5, bias=True, dtype=torch.float32),
        {"stride": 2, "padding": 1},
        rtol=1e-5,
        atol=2e-5,
        default_dtype="float64",
    )
    yield Case(
        "the result lies on the device of x",
        _tensors(rng, 2, 3, 4, 7, 8, 1, 5, bias=True),
        {"stride": 2, "padding": 1, "dilation": 1},
        meta=True,
    )
    yield Case("a 1x1 kernel, step by step", _tensors(rng, 1, 2, 3, 4, 5, 1, 1, bias=True), {"steps": True})
    yield Case(
        "rows and columns exchanged in memory, and nothing padded",
        _scattered(_tensors(rng, 2, 3, 5, 6, 7, 4, 2)),
        {"stride": 2},
    )
    yield Case("channels last in memory", _channels_last(_tensors(rng, 2, 3, 5, 6, 4, 2, 3, bias=True)))
    yield _bright_pixel(rng)


def _tensors(
    rng: torch.Generator,
    batch: int,
    channels: int,
    kernels: int,
    height: int,
    width: int,
    kh: int,
    kw: int,
    bias: bool = False,
    dtype: torch.dtype = torch.float64,
) -> dict[str, Tensor]:
    shapes: dict[str, tuple[int, ...]] = {"x": (batch, channels, height, width), "w": (kernels, channels, kh, kw)}
    if bias:
        shapes["b"] = (kernels,)
    return {name: torch.randn(shape, generator=rng, dtype=dtype) + 0.25 for name, shape in shapes.items()}


def _zero_bias(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return tensors | {"b": torch.zeros_like(tensors["b"])}


def _of_all_sizes(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The first channel in thousands, the second in millionths, with a kernel that sees one of them each."""
    x, w = tensors["x"].clone(), tensors["w"].clone()
    x[:, 0] *= 1e4
    x[:, 1] *= 1e-6
    w[:2, 1], w[2, 0] = 0.0, 0.0
    return tensors | {"x": x, "w": w, "b": tensors["b"] * torch.tensor([1e3, 1e3, 1e-6], dtype=x.dtype)}


def _scattered(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same shapes, in another order in memory: rows and columns exchanged."""
    return tensors | {name: tensors[name].mT.contiguous().mT for name in ("x", "w")}


def _channels_last(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) if tensor.dim() == 4 else tensor
        for name, tensor in tensors.items()
    }


def _drawn(rng: torch.Generator) -> Case:
    batch, channels, kernels, kh, kw = (torch.randperm(5, generator=rng) + 1).tolist()
    batch = 1 + batch % 2  # a learner who loops over every number should not wait
    height, width = (torch.randperm(4, generator=rng)[:2] + 7).tolist()
    stride, padding, dilation = (int(torch.randint(1, 4 - (k == 2), (), generator=rng)) for k in range(3))
    return Case(
        "sizes drawn for this attempt",
        _tensors(rng, batch, channels, kernels, height, width, kh, kw, bias=True),
        {"stride": stride, "padding": padding, "dilation": dilation},
    )


def _bright_pixel(rng: torch.Generator) -> Case:
    tensors = _tensors(rng, 1, 2, 3, 7, 8, 2, 3)
    tensors["x"][0, 0, 0, 0] = 1e13
    return Case("one bright pixel does not blur the far corner", tensors, extreme=True)
