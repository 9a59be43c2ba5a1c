"""Blocks and images on which a wrong residual block gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.blocks import BasicBlock

REFERENCE = BasicBlock
THEIRS = {"conv": "cnn/conv.py:Conv2d", "norm": "cnn/normalisation.py:BatchNorm2d"}
A, B = {"stride": 2, "shortcut": "A"}, {"stride": 2, "shortcut": "B"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Both shortcuts with and without a change of shape, on odd and even images, made of torch's and other parts."""
    yield _case(rng, "with no options the shortcut is x itself", (2, 3, 5, 4), 3)
    yield _case(rng, "with the last norm silent the block is ReLU(x)", (3, 2, 4, 5), 2, silent_end=True)
    yield _case(rng, '"A" halves the image and doubles the channels', (3, 2, 8, 6), 4, A)
    yield _case(rng, '"A" keeps the last row of an odd image', (1, 3, 7, 9), 3, {"stride": 2})
    yield _case(rng, '"A" may grow channels without a stride', (4, 1, 3, 5), 3, {"shortcut": "A"})
    yield _case(rng, '"A" takes every third pixel at stride 3', (2, 1, 7, 10), 3, {"stride": 3})
    yield _case(rng, '"B" projects nothing where the shape stays', (2, 4, 3, 5), 4, {"shortcut": "B"})
    yield _case(rng, '"B" projects where stride and channels change', (3, 2, 6, 7), 4, B)
    yield _case(rng, '"B" projects where only the stride changes', (2, 3, 7, 8), 3, {"stride": 3, "shortcut": "B"})
    yield _case(rng, '"B" projects where only the channels change', (1, 2, 4, 5), 3, {"shortcut": "B"})
    yield _case(rng, "conv= and norm= make the parts", (2, 1, 6, 5), 3, A, marked=True)
    yield _case(rng, "conv= and norm= make the projection too", (3, 2, 5, 7), 5, B, marked=True, positional=True)
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", (3, 2, 7, 6), 4, A, dtype=torch.float32)
    yield _case(rng, '"A" lies on the device of x', (2, 3, 5, 6), 7, A, meta=True)
    yield _case(rng, 'with your own conv and norm, shortcut "A"', (2, 3, 6, 5), 5, A, learner_parts=THEIRS)
    yield _case(rng, 'with your own conv and norm, shortcut "B"', (3, 2, 5, 6), 4, B, learner_parts=THEIRS)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    out_channels: int,
    options: dict[str, Any] | None = None,
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    learner_parts: dict[str, str] | None = None,
    **flags: bool,
) -> Case:
    x = 2.0 * torch.randn(shape, generator=rng, dtype=dtype) + 0.25
    arguments = {
        "in_channels": shape[1],
        "out_channels": out_channels,
        "options": options or {},
        "seed": int(torch.randint(1 << 30, (), generator=rng)),
        **flags,
    }
    rtol, atol = (2e-4, 2e-4) if dtype == torch.float32 else (1e-7, 1e-9)
    return Case(claim, {"x": x}, arguments, meta=meta, learner_parts=learner_parts or {}, rtol=rtol, atol=atol)


def _scattered(rng: torch.Generator) -> Case:
    case = _case(rng, "channels last in memory", (2, 3, 5, 8), 5, A)
    case.tensors["x"] = case.tensors["x"].permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
    return case
