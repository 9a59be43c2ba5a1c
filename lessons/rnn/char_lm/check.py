"""Texts, logits and temperatures on which the wrong piece of a character model gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models import char_lm as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name

LN_2 = 0.6931471805599453
SHARE_BOUND = 0.1  # over six standard deviations of what two times 2000 draws differ by


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Each character of a text is there once, so that every place can be known again."""
    yield _text(rng, "a text of 20 characters, three quarters to train on", 20, "split", share=0.75)
    yield _text(rng, "nine tenths of 17 characters are 15", 17, "split")
    yield _text(rng, "half of 11 characters are 5", 11, "split", share=0.5)
    yield _text(rng, "nothing is held out", 6, "split", share=1.0)
    yield _text(rng, "batches that use every character", 25, "batches", batch_size=2, length=3)
    yield _text(rng, "one character too few for another batch", 24, "batches", batch_size=2, length=3)
    yield _text(rng, "characters are left over", 49, "batches", batch_size=3, length=5)
    yield _text(rng, "a single row", 14, "batches", batch_size=1, length=4)
    yield _text(rng, "windows of one character", 12, "batches", batch_size=3, length=1)
    yield _text(rng, "as many batches as rows and characters", 30, "batches", batch_size=3, length=3)
    yield _text(rng, "a text that is too short by one", 12, "batches", batch_size=3, length=4)
    drawn = torch.randint(2, 5, (2,), generator=rng).tolist()
    size = 3 * drawn[0] * drawn[1] + int(torch.randint(1, 4, (), generator=rng))
    yield _text(rng, "sizes drawn for this attempt", size, "batches", batch_size=drawn[0], length=drawn[1])
    yield _loss(rng, "logits of two rows of three characters", (2, 3, 5))
    yield _loss(rng, "logits without a batch", (4, 3))
    yield _loss(rng, "as many rows as characters and symbols", (3, 3, 3))
    yield _loss(rng, "a single symbol is no surprise", (2, 3, 1))
    yield _loss(rng, "float32 stays float32", (2, 4, 5), dtype=torch.float32)
    yield _loss(rng, "logits of a thousand", (3, 2, 4), scale=1000.0, extreme=True)
    yield _loss(rng, "the loss lies on the device of the logits", (2, 3, 5), meta=True)
    nats = [LN_2, 2.0, 1.25, 4.1744, 0.0, float(torch.rand((), generator=rng)) + 0.5]
    yield Case("nats in bits", {}, {"what": "bits", "nats": nats})
    yield _draws(rng, "two thousand characters as they are", [1.0])
    yield _draws(rng, "two thousand characters, cool and warm", [0.5, 4.0])
    yield _draws(rng, "two thousand characters, nearly frozen and very hot", [0.02, 100.0])
    yield _rows(rng, "every row is drawn by its own logits", (5, 4))
    yield _rows(rng, "one row", (1, 6))
    yield _rows(rng, "as many rows as symbols, in float32", (4, 4), torch.float32)
    yield _rows(rng, "a row of logits of a thousand", (3, 5), offset=1000.0, extreme=True)
    spread = torch.randn(64, 5, generator=rng, dtype=torch.float64)
    yield Case("the generator alone decides", {"logits": spread},
               {"what": "chance", "temperature": 1.5, "seed": _seed(rng)})  # fmt: skip


def _text(rng: torch.Generator, claim: str, size: int, what: str, **arguments: Any) -> Case:
    return Case(claim, {"ids": torch.randperm(size, generator=rng)}, {"what": what, **arguments})


def _loss(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    scale: float = 2.0,
    dtype: torch.dtype = torch.float64,
    **settings: Any,
) -> Case:
    logits = scale * torch.randn(shape, generator=rng, dtype=dtype)
    targets = torch.randint(shape[-1], shape[:-1], generator=rng)
    rtol, atol = (2e-5, 2e-5) if dtype == torch.float32 else (1e-7, 1e-9)
    tensors = {"logits": logits, "targets": targets}
    return Case(claim, tensors, {"what": "nll"}, rtol=rtol, atol=atol, **settings)


def _draws(rng: torch.Generator, claim: str, temperatures: list[float]) -> Case:
    """One symbol is much likelier than the others; its place is drawn, and so is the smallest one's."""
    logits = torch.tensor([[4.0, 1.0, 0.0, -2.0]], dtype=torch.float64)[:, torch.randperm(4, generator=rng)]
    arguments = {"what": "draws", "temperatures": temperatures, "seed": _seed(rng)}
    return Case(claim, {"logits": logits}, arguments, rtol=0.0, atol=SHARE_BOUND)


def _rows(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, int],
    dtype: torch.dtype = torch.float64,
    offset: float = 0.0,
    extreme: bool = False,
) -> Case:
    """Steps of one from symbol to symbol, moved on from row to row, at a temperature of 0.02."""
    first = torch.randperm(shape[1], generator=rng)
    order = torch.stack([first.roll(row) for row in range(shape[0])])
    arguments: dict[str, Any] = {"what": "rows", "temperature": 0.02, "seed": _seed(rng)}
    return Case(claim, {"logits": order.to(dtype) - 2.0 + offset}, arguments, extreme=extreme)


def _seed(rng: torch.Generator) -> int:
    return int(torch.randint(1 << 30, (), generator=rng))
