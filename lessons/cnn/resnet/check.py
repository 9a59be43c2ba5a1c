"""Nets and images on which a wrong assembly gives itself away: exact counts at full size, numbers on narrow nets."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.resnet import ResNet

REFERENCE = ResNet
THEIRS = {"block": "cnn/blocks.py:BasicBlock", "conv": "cnn/conv.py:Conv2d", "norm": "cnn/normalisation.py:BatchNorm2d"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """The stand-in block has the parameters of a basic block with shortcut "A", so the paper's counts hold for it."""
    yield Case("n = 3 and n = 5 have the parameters of ResNet-20 and ResNet-32", {}, {"sizes": [[3, 3, 3], [5, 5, 5]]})
    yield Case(
        "with your own block, conv and norm ResNet-18's layout has 11,173,962 parameters",
        {},
        {"sizes": [[2, 2, 2, 2]], "options": {"widths": [64, 128, 256, 512], "shortcut": "B"}, "real_block": True},
        learner_parts=THEIRS,
    )
    yield _case(rng, "with no options it is ResNet-20", (2, 3, 32, 32), meta=True, run=False)
    yield _case(rng, "one block a stage", (3, 1, 8, 12), [1, 1, 1], [2, 3, 5], 4)
    yield _case(rng, "stages of unequal length", (2, 4, 9, 6), [1, 3], [3, 2], 5, shortcut="B")
    yield _case(rng, "two stages of equal width", (4, 2, 5, 7), [2, 1], [3, 3], 1)
    yield _case(rng, "one stage, one image, a map wider than 8", (1, 3, 9, 11), [2], [4], 5)
    yield _case(rng, "four stages down to a column", (3, 2, 10, 6), [1, 1, 1, 1], [2, 3, 2, 4], 6)
    yield _case(rng, "five stages", (2, 2, 16, 16), [1, 1, 1, 1, 1], [2, 3, 2, 4, 3], 4)
    yield _drawn(rng)
    yield _case(
        rng, "conv= and norm= make the stem and reach the blocks", (3, 1, 7, 5), [2, 1], [2, 5], 3, shortcut="B",
        marked=True, positional=True,
    )  # fmt: skip
    yield _case(rng, "float32 stays float32", (4, 3, 6, 8), [1, 2], [2, 4], 5, dtype=torch.float32)
    yield _case(rng, "everything lies on the device of x", (2, 3, 12, 8), [1, 1], [2, 4], 5, meta=True)
    yield _case(
        rng, "with your own block, conv and norm", (2, 3, 8, 6), [1, 1], [2, 4], 5, real_block=True,
        learner_parts=THEIRS,
    )  # fmt: skip


def _drawn(rng: torch.Generator) -> Case:
    """More stages than any other case has: only what they are made of is looked at, so that it costs little."""
    stages = int(torch.randint(6, 8, (), generator=rng))
    blocks = torch.randint(1, 3, (stages,), generator=rng).tolist()
    widths = (torch.randperm(8, generator=rng)[:stages] + 1).tolist()
    return _case(
        rng, "a plan drawn for this attempt", (1, 2, 8, 8), blocks, widths, 3, meta=True, run=False, lists=True
    )


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    blocks: list[int] | None = None,
    widths: list[int] | None = None,
    num_classes: int = 10,
    shortcut: str = "A",
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    learner_parts: dict[str, str] | None = None,
    **flags: bool,
) -> Case:
    x = torch.randn(shape, generator=rng, dtype=dtype) + 0.25
    options: dict[str, Any] = {}
    if blocks is not None:
        options = {
            "blocks": blocks,
            "widths": widths,
            "num_classes": num_classes,
            "in_channels": shape[1],
            "shortcut": shortcut,
        }
    seed = int(torch.randint(1 << 30, (), generator=rng))
    rtol, atol = (1e-3, 1e-3) if dtype == torch.float32 else (1e-7, 1e-8)
    arguments = {"options": options, "seed": seed, **flags}
    return Case(claim, {"x": x}, arguments, meta=meta, learner_parts=learner_parts or {}, rtol=rtol, atol=atol)
