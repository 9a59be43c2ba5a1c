"""Scores and padded targets on which a wrong softmax or a wrong loss gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models import softmax as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name

SINGLE = {"dtype": torch.float32, "rtol": 1e-5, "atol": 1e-5}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Scores along each axis, -inf among them and rows far apart; sentences of all lengths, none included."""
    yield _scores(rng, "the last of two axes", (3, 5), [-1])
    yield _scores(rng, "every axis of three, from the front and from the back", (2, 3, 4), [0, 1, 2, -2, -3])
    yield _scores(rng, "one axis alone, then one of length 1", (4, 1), [1, 0])
    yield _scores(rng, "scores of -inf get 0", (3, 4), [1, 0], hidden=True)
    # exp takes each of these in float64: what it does not take is the distance between two rows.
    yield _apart(rng, "rows that lie far apart, of which exp takes each", 690.0)
    yield _scores(rng, "scores that do not lie row by row in memory", (4, 2, 3), [1], scattered=True)
    yield _scores(rng, "float32 stays float32", (2, 4, 3), [1], **SINGLE)
    yield _scores(rng, "the probabilities lie on the device of x", (2, 3), [0], meta=True)
    yield _apart(rng, "scores of a thousand, above 0 and below", 1000.0, extreme=True)
    yield _loss(rng, "sentences of 3 and 5 tokens, filled up", [3, 5], 5, 4, pad=2)
    yield _loss(rng, "padding by 0 in three sentences", [1, 4, 2], 4, 5, pad=0)
    yield _loss(rng, "nothing is padding", [3, 3], 3, 5, pad=4)
    yield _loss(rng, "nothing but padding", [0, 0], 3, 4, pad=1)
    yield _loss(rng, "as many sentences as tokens and ids", [3, 1, 2], 3, 3, pad=1)
    yield _row(rng, "one row of tokens, without a batch", 5, 3, pad=1)
    yield _loss(rng, "the loss of float32 is float32", [2, 4], 4, 5, pad=3, **SINGLE)
    yield _loss(rng, "logits of a thousand", [3, 2], 3, 4, pad=0, scale=1000.0, extreme=True)
    yield _loss(rng, "the loss lies on the device of the logits", [2, 3], 3, 4, pad=0, meta=True)


def _scores(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    dims: list[int],
    dtype: torch.dtype = torch.float64,
    hidden: bool = False,
    scattered: bool = False,
    **settings: Any,
) -> Case:
    x = 2.0 * torch.randn(shape, generator=rng, dtype=dtype)
    if hidden:  # one in every row, and none of the columns whole
        x.diagonal().fill_(-torch.inf)
    x = x.transpose(0, -1).contiguous().transpose(0, -1) if scattered else x
    return Case(claim, {"x": x}, {"what": "softmax", "dims": dims}, **settings)


def _apart(rng: torch.Generator, claim: str, far: float, **settings: Any) -> Case:
    case = _scores(rng, claim, (3, 4), [-1], **settings)
    case.tensors["x"].add_(torch.tensor([[far], [-far], [0.0]], dtype=torch.float64))
    return case


def _loss(
    rng: torch.Generator,
    claim: str,
    lengths: list[int],
    places: int,
    ids: int,
    pad: int,
    dtype: torch.dtype = torch.float64,
    scale: float = 2.0,
    **settings: Any,
) -> Case:
    logits = scale * torch.randn(len(lengths), places, ids, generator=rng, dtype=dtype)
    targets = _not(pad, torch.randint(ids - 1, (len(lengths), places), generator=rng))
    targets[torch.arange(places) >= torch.tensor(lengths)[:, None]] = pad
    return Case(claim, {"logits": logits, "targets": targets}, {"what": "cross_entropy", "pad": pad}, **settings)


def _row(rng: torch.Generator, claim: str, places: int, ids: int, pad: int) -> Case:
    """The padding stands in the middle: nothing says that it comes last."""
    case = _loss(rng, claim, [places], places, ids, pad)
    logits, targets = case.tensors["logits"][0].clone(), case.tensors["targets"][0].clone()
    targets[2] = pad
    return Case(claim, {"logits": logits, "targets": targets}, case.arguments)


def _not(pad: int, drawn: Tensor) -> Tensor:
    """Ids without `pad`: those from it on move up by one."""
    return drawn + (drawn >= pad)
