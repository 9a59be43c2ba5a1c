"""Steps, and logits with their targets, on which a wrong schedule gives itself away."""

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import torch

from lessons.checking.case import Case
from models import noam as REFERENCE  # noqa: N812 - the examiner asks for it by this name


def adapted(smoothing: str) -> SimpleNamespace:
    """The reference by who gets a share of the smoothing."""
    loss = partial(REFERENCE.smoothed_cross_entropy, mass=smoothing)
    return SimpleNamespace(noam=REFERENCE.noam, smoothed_cross_entropy=loss)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Rates on both sides of the peak; sentences of unequal length, whose padding is token 0 in one case only."""
    around = [1, 2, 100, 3999, 4000, 4001, 16_000, 300_000]
    yield _rates("the paper's rates before, at and after their peak", around, 512, 4000)
    width, warmup = (torch.randperm(60, generator=rng)[:2] + 5).tolist()
    some = [1, 3, warmup - 1, warmup, warmup + 1, 7 * warmup]
    yield _rates("a width and a warm-up drawn for this attempt", some, width, warmup)
    yield _rates("step 0 counts as step 1", [0], 64, 10)
    yield _rates("a warm-up of one step", [1, 2, 9], 12, 1)
    yield _rates("what holds for all rates", [1, 5, 90], 24, 30, what="laws")
    yield _losses(rng, "sentences of unequal length", [3, 1, 4], 6)
    yield _losses(rng, "padding is token 0", [2, 4], 5, pad=0)
    yield _losses(rng, "no position is padding", [3, 3], 4, padding=0)
    yield _losses(rng, "nothing but padding", [0, 0, 0], 4)
    yield _one(rng, "a single position, without any axis")
    yield _losses(rng, "without smoothing", [2, 3, 1], 5, smoothing=0.0)
    yield _losses(rng, "more smoothing than usual", [4, 2], 7, smoothing=0.6)
    yield _losses(rng, "as many sentences as positions and symbols", [2, 3, 1], 3, padding=0)
    yield _scattered(rng)
    yield _losses(rng, "float32 stays float32", [2, 4, 3], 5, dtype=torch.float32)
    yield _losses(rng, "the loss lies on the device of the logits", [2, 3], 5, meta=True)
    yield _losses(rng, "logits of a thousand", [2, 3], 5, scale=1000.0, extreme=True)


def _rates(claim: str, steps: list[int], d_model: int, warmup: int, what: str = "rates") -> Case:
    arguments = {"what": what, "steps": steps, "d_model": d_model, "warmup": warmup}
    return Case(claim, {}, arguments, rtol=1e-6, atol=0.0)


def _losses(
    rng: torch.Generator,
    claim: str,
    lengths: list[int],
    symbols: int,
    pad: int | None = None,
    padding: int = 1,
    smoothing: float = 0.1,
    dtype: torch.dtype = torch.float64,
    scale: float = 2.0,
    **settings: Any,
) -> Case:
    """Sentences of these lengths, padded to `padding` positions more than the longest has."""
    tokens = max(lengths) + padding
    pad = int(torch.randint(1, symbols, (), generator=rng)) if pad is None else pad
    others = torch.tensor([symbol for symbol in range(symbols) if symbol != pad])
    targets = others[torch.randint(len(others), (len(lengths), tokens), generator=rng)]
    targets[torch.arange(tokens) >= torch.tensor(lengths)[:, None]] = pad
    logits = scale * torch.randn(*targets.shape, symbols, generator=rng, dtype=dtype)
    arguments = {"what": "losses", "smoothing": smoothing, "pad": pad}
    rtol, atol = (2e-5, 2e-5) if dtype == torch.float32 else (1e-7, 1e-9)
    return Case(claim, {"logits": logits, "targets": targets}, arguments, rtol=rtol, atol=atol, **settings)


def _one(rng: torch.Generator, claim: str) -> Case:
    case = _losses(rng, claim, [1], 4, padding=0, smoothing=0.2)
    return Case(claim, {name: tensor[0, 0] for name, tensor in case.tensors.items()}, case.arguments)


def _scattered(rng: torch.Generator) -> Case:
    """Also of sizes that are drawn for each attempt, with an axis more in front."""
    first, second, symbols = (torch.randperm(4, generator=rng)[:3] + 2).tolist()
    case = _losses(rng, "sizes drawn, and numbers that do not lie row by row", [first, second, 1], symbols + 2)
    turned = {name: tensor[None].transpose(1, 2).contiguous().transpose(1, 2) for name, tensor in case.tensors.items()}
    return Case(case.claim, turned, case.arguments)
