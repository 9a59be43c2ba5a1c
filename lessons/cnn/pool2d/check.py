"""Images, windows and gradients on which a wrong pooling gives itself away."""

from collections.abc import Iterator
from dataclasses import replace

import torch

from lessons.checking.case import Case
from models import pooling as REFERENCE  # noqa: N812 - the four functions, not a constant

__all__ = ["REFERENCE", "cases"]

Sizes = tuple[int, int, int, int]  # batch, channels, height, width
Window = tuple[int, int, int, int]  # kh, kw, stride, padding


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Every size of a case differs from its others wherever it can, so that no two axes can be confused."""
    yield _case(rng, "windows side by side", (1, 3, 4, 6), (2, 3, 2, 0))
    yield _case(rng, "windows that overlap", (2, 1, 5, 4), (3, 2, 1, 0), others=True)
    yield _case(rng, "a last step that does not fit is dropped", (1, 2, 8, 7), (2, 3, 3, 0))
    yield _case(rng, "pixels between the windows are in none", (2, 1, 7, 8), (1, 2, 3, 0))
    yield _case(
        rng,
        "padding is no pixel, also where all numbers are negative",
        (1, 2, 5, 6),
        (2, 3, 2, 1),
        shift=-4.0,
        others=True,
    )
    yield _case(rng, "padding is no pixel where all numbers are positive", (2, 1, 4, 7), (3, 2, 2, 1), shift=4.0)
    yield _case(rng, "padding wider than the stride, windows larger than the image", (2, 3, 3, 2), (5, 4, 1, 2))
    yield _case(rng, "one window over the whole image: no axis disappears", (1, 1, 3, 5), (3, 5, 2, 0))
    yield _case(rng, "a window of one pixel", (2, 3, 4, 1), (1, 1, 2, 0))
    yield _case(rng, "all sizes equal", (3, 3, 3, 3), (3, 3, 1, 1))
    yield _case(rng, "arguments by position", (1, 2, 6, 5), (3, 2, 2, 1), positional=True)
    yield _case(rng, "no padding given, arguments by position", (1, 2, 6, 5), (2, 4, 1, None), positional=True)
    yield _with_ties(rng, "equal maxima: the first in reading order takes all", (2, 1, 6, 7), (3, 4, 3, 0), values=3)
    yield _with_ties(
        rng,
        "equal maxima in windows that overlap and touch the edge",
        (1, 2, 5, 6),
        (3, 2, 1, 1),
        values=2,
        others=True,
    )
    yield _with_ties(rng, "an image of one colour", (1, 2, 5, 7), (2, 3, 2, 1), values=1)
    yield _after_a_relu(rng)
    yield _nearly_equal(rng)
    yield _drawn(rng)
    yield _scattered(
        _case(rng, "tensors that do not lie row by row in memory", (2, 3, 4, 5), (2, 3, 2, 1), others=True)
    )
    yield _case(rng, "float32 stays float32", (1, 2, 6, 5), (3, 2, 2, 1), torch.float32, rtol=1e-5, atol=1e-5)
    yield _half(
        _case(rng, "float16 stays float16", (1, 2, 5, 6), (2, 3, 2, 1), rtol=5e-3, atol=5e-3, default_dtype="float32")
    )
    yield _case(rng, "the dtype is that of x", (1, 2, 4, 5), (2, 3, 1, 1), default_dtype="float32")
    yield _case(rng, "the results lie on the device of x", (1, 2, 4, 5), (2, 3, 1, 1), meta=True)
    yield _far_below_zero(rng)
    yield _lawful(rng, "laws of pooling, with padding", (2, 3, 5, 6), (3, 2, 2, 1))
    yield _lawful(rng, "laws of pooling, with windows that overlap", (1, 2, 4, 6), (2, 3, 1, 0))
    yield _bright_pixel(rng)


def _case(
    rng: torch.Generator,
    claim: str,
    sizes: Sizes,
    window: tuple[int, int, int, int | None],
    dtype: torch.dtype = torch.float64,
    shift: float = 0.0,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    meta: bool = False,
    **arguments: bool | str,
) -> Case:
    """A case of random numbers; a padding of None is not handed over at all."""
    kh, kw, stride, padding = window
    x = torch.rand(sizes, generator=rng, dtype=dtype) * 3.0 - 1.5 + shift
    dy = torch.randn(_size_of_result(sizes, (kh, kw, stride, padding or 0)), generator=rng, dtype=dtype)
    numbers = {"kernel_size": [kh, kw], "stride": stride} | ({} if padding is None else {"padding": padding})
    return Case(claim, {"x": x, "dy": dy}, numbers | arguments, rtol=rtol, atol=atol, meta=meta)


def _size_of_result(sizes: Sizes, window: Window) -> Sizes:
    batch, channels, height, width = sizes
    kh, kw, stride, padding = window
    return batch, channels, (height + 2 * padding - kh) // stride + 1, (width + 2 * padding - kw) // stride + 1


def _with_ties(
    rng: torch.Generator, claim: str, sizes: Sizes, window: Window, values: int, others: bool = False
) -> Case:
    """Few different numbers, none of them positive but the last, so that most windows hold their maximum twice."""
    case = _case(rng, claim, sizes, window, others=others)
    case.tensors["x"].copy_(torch.randint(0, values, sizes, generator=rng) - values // 2)
    return case


def _after_a_relu(rng: torch.Generator) -> Case:
    case = _case(rng, "after a ReLU: many windows hold zeros only", (2, 1, 7, 6), (3, 2, 2, 0), shift=-0.8)
    case.tensors["x"].clamp_(min=0.0)
    return case


def _nearly_equal(rng: torch.Generator) -> Case:
    """Numbers that isclose takes for equal."""
    case = _case(rng, "nearly equal is not equal: the largest takes all", (1, 2, 4, 6), (2, 3, 2, 0))
    x = case.tensors["x"]
    x.copy_(1.0 + 1e-9 * torch.randperm(x.numel(), generator=rng).double().reshape(x.shape))
    return case


def _drawn(rng: torch.Generator) -> Case:
    batch, channels, kh, kw = (torch.randperm(4, generator=rng) + 1).tolist()
    height, width = (torch.randperm(3, generator=rng)[:2] + 4).tolist()
    stride = int(torch.randint(1, 4, (), generator=rng))
    padding = int(torch.randint(0, min(kh, kw) // 2 + 1, (), generator=rng))
    sizes = (1 + batch % 2, 1 + channels % 2, height, width)
    return _case(rng, "sizes drawn for this attempt", sizes, (kh, kw, stride, padding), others=True)


def _scattered(case: Case) -> Case:
    """The same numbers in another order in memory: x with channels last, dy with its last two axes exchanged."""
    x, dy = case.tensors["x"], case.tensors["dy"]
    case.tensors["x"] = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
    case.tensors["dy"] = dy.transpose(2, 3).contiguous().transpose(2, 3)
    return case


def _half(case: Case) -> Case:
    """With wider numbers in between the results would come out wider too."""
    return replace(case, tensors={name: tensor.to(torch.float16) for name, tensor in case.tensors.items()})


def _far_below_zero(rng: torch.Generator) -> Case:
    case = _case(rng, "padding lies below every number, however small", (1, 2, 4, 5), (2, 3, 1, 1))
    case.tensors["x"].sub_(3.0).mul_(1e40)
    return case


def _lawful(rng: torch.Generator, claim: str, sizes: Sizes, window: Window) -> Case:
    """No two numbers of x are nearer than 0.1: there the maximum has a slope."""
    case = _case(rng, claim, sizes, window, laws=True)
    x = case.tensors["x"]
    x.copy_(0.1 * torch.randperm(x.numel(), generator=rng).double().reshape(sizes) - 6.0)
    return case


def _bright_pixel(rng: torch.Generator) -> Case:
    case = _case(rng, "one bright pixel does not blur the far corner", (1, 2, 6, 7), (2, 3, 2, 0))
    case.tensors["x"][0, 0, 0, 0] = 1e13
    return Case(case.claim, case.tensors, case.arguments, extreme=True)
