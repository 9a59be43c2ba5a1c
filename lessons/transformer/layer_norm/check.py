"""Tokens on which a wrong layer normalisation gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.layer_norm import LayerNorm

REFERENCE = LayerNorm
FAR_AWAY = 1e6


def cases(rng: torch.Generator) -> Iterator[Case]:
    """All axes differ in length, but where it is said; the first token of each hardly varies."""
    yield Case("a new layer with no options", _tokens(rng, (2, 3, 5)))
    yield _case(rng, "weight and bias scale and shift after the normalisation", (3, 2, 4), eps=1e-3)
    yield _case(rng, "eps is added to the variance, under the root", (2, 4, 3), eps=0.7, positional=True)
    yield _case(rng, "one token alone, without a batch", (6,), eps=0.05)
    yield _case(rng, "a batch of one sentence of one token", (1, 1, 4), eps=0.02)
    yield _case(rng, "one axis more in front", (1, 2, 3, 4), eps=0.1)
    yield _case(rng, "as many sentences as tokens and as numbers in each", (3, 3, 3), eps=0.03)
    yield _drawn(rng)
    yield Case("tokens that do not lie row by row in memory", _turned(_tokens(rng, (3, 2, 4)) | _state(rng, 4)))
    yield Case(
        "float32 stays float32",
        _tokens(rng, (2, 3, 6), torch.float32, tiny=1.0) | _state(rng, 6, torch.float32),
        rtol=1e-4,
        atol=1e-4,
    )
    yield Case("everything lies on the device of x", _tokens(rng, (2, 3, 4)) | _state(rng, 4), meta=True)
    yield Case("tokens of a single number", _tokens(rng, (3, 2, 1)) | _state(rng, 1), {"gradients": False})
    still = _still(_tokens(rng, (2, 3, 4))) | _state(rng, 4)
    yield Case("a token whose numbers are all the same", still, {"gradients": False})
    yield Case("gradients where a token's numbers are all the same", still, extreme=True)
    far = {name: tokens + FAR_AWAY for name, tokens in _tokens(rng, (2, 3, 5), tiny=1.0).items()}
    yield Case("tokens far away from zero", far, extreme=True, rtol=1e-6, atol=1e-7)
    yield Case("what holds for all tokens", {"x": _tokens(rng, (2, 3, 5), tiny=0.5)["x"]}, {"laws": True})


def _case(rng: torch.Generator, claim: str, shape: tuple[int, ...], positional: bool = False, **options: float) -> Case:
    arguments: dict[str, Any] = {"options": options} | ({"positional": True} if positional else {})
    return Case(claim, _tokens(rng, shape) | _state(rng, shape[-1]), arguments)


def _drawn(rng: torch.Generator) -> Case:
    shape = tuple((torch.randperm(5, generator=rng)[:3] + 2).tolist())
    eps = float(torch.rand((), generator=rng)) * 0.3 + 0.05
    return _case(rng, "sizes and eps drawn for this attempt", shape, eps=eps)


def _tokens(
    rng: torch.Generator, shape: tuple[int, ...], dtype: torch.dtype = torch.float64, tiny: float = 3e-3
) -> dict[str, Tensor]:
    """Some tokens, and others of which there are more; one in each hardly varies, all have a mean of their own."""
    first = {"x": shape, "second": (shape[0] + 1, *shape[1:]) if len(shape) > 1 else shape}
    made = {}
    for name, size in first.items():
        numbers = torch.randn(size, generator=rng, dtype=dtype).view(-1, size[-1])
        spread = torch.linspace(1.0, 6.0, len(numbers), dtype=dtype)[:, None]
        spread[0] = tiny if len(numbers) > 1 else 1.0
        place = torch.randn(len(numbers), 1, generator=rng, dtype=dtype) + 0.5
        made[name] = (spread * numbers + place).view(size)
    return made


def _state(rng: torch.Generator, d: int, dtype: torch.dtype = torch.float64) -> dict[str, Tensor]:
    """Signed weights, and biases that are not zero."""
    signs = torch.where(torch.arange(d) % 2 == 0, -1.0, 1.0).to(dtype)
    weight = signs * (torch.randn(d, generator=rng, dtype=dtype).abs() + 0.5)
    return {"weight": weight, "bias": torch.randn(d, generator=rng, dtype=dtype) + 0.5}


def _turned(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: each.mT.contiguous().mT if each.dim() > 1 else each for name, each in tensors.items()}


def _still(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    for tokens in tensors.values():
        tokens[:, 1] = 0.5
    return tensors
