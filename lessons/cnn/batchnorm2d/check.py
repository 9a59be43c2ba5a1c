"""Batches and states on which a wrong batch normalisation gives itself away."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.batchnorm import BatchNorm2d

REFERENCE = BatchNorm2d
FAR_AWAY = 1e6


def cases(rng: torch.Generator) -> Iterator[Case]:
    """No case has one value per channel in a training batch: its variance is not defined."""
    yield Case("a new layer with no options", _batches(rng, (2, 3, 4, 5)))
    yield _case(rng, "weight and bias scale and shift after the normalisation", (4, 2, 3, 5), eps=1e-3)
    yield _case(rng, "momentum is the share of the new batch", (3, 4, 2, 5), momentum=0.3)
    yield _case(rng, "eps is added to the variance, under the root", (2, 5, 3, 4), eps=0.7, momentum=0.02)
    yield _case(rng, "a batch of one image", (1, 2, 5, 3), momentum=0.25)
    yield _case(rng, "one channel", (3, 1, 4, 2), eps=0.01, momentum=0.6)
    yield _case(rng, "images of one row", (4, 3, 1, 2), momentum=1.0)
    yield _case(rng, "images of one column, as many channels as rows", (2, 5, 5, 1), eps=0.05, momentum=0.15)
    yield _case(rng, "options by position", (3, 2, 4, 4), positional=True, eps=0.2, momentum=0.35)
    yield _case(rng, "two values per channel", (2, 3, 1, 1), momentum=0.4)
    yield _case(rng, "momentum 0 keeps the running statistics", (3, 2, 2, 4), momentum=0.0)
    yield _case(rng, "as many channels as images, rows and columns", (3, 3, 3, 3), eps=0.03)
    yield _drawn(rng)
    yield Case("channels last in memory", _scattered(_batches(rng, (2, 4, 3, 5)) | _state(rng, 4)))
    yield Case("rows and columns exchanged in memory", _turned(_batches(rng, (2, 4, 3, 5)) | _state(rng, 4)))
    yield Case(
        "float32 stays float32",
        _batches(rng, (3, 4, 5, 2), torch.float32, tiny=1.0) | _state(rng, 4, torch.float32),
        rtol=1e-4,
        atol=1e-4,
    )
    yield Case("everything lies on the device of x", _batches(rng, (2, 3, 4, 5)) | _state(rng, 3), meta=True)
    yield Case("a channel far away from zero", _far(_batches(rng, (2, 3, 4, 5))), extreme=True, rtol=1e-6, atol=1e-7)
    still = _constant(_batches(rng, (3, 2, 4, 5)))
    yield Case("a channel that does not vary at all", still, {"gradients": False})
    yield Case("gradients where a channel does not vary at all", still, extreme=True)
    yield Case(
        "what holds for every batch, whatever its numbers", _batches(rng, (3, 2, 4, 5), tiny=0.5), {"laws": True}
    )


def _case(rng: torch.Generator, claim: str, shape: tuple[int, ...], positional: bool = False, **options: float) -> Case:
    arguments = {"options": options, "positional": positional} if positional else {"options": options}
    return Case(claim, _batches(rng, shape) | _state(rng, shape[1]), arguments)


def _drawn(rng: torch.Generator) -> Case:
    shape = tuple((torch.randperm(5, generator=rng)[:4] + 2).tolist())
    eps, momentum = (torch.rand(2, generator=rng) * 0.3 + 0.05).tolist()
    return _case(rng, "sizes and options drawn for this attempt", shape, eps=eps, momentum=momentum)


def _batches(
    rng: torch.Generator, shape: tuple[int, ...], dtype: torch.dtype = torch.float64, tiny: float = 3e-3
) -> dict[str, Tensor]:
    """Two training batches and a shifted one to evaluate, mostly a single image; the first channel hardly varies."""
    batch, channels, height, width = shape

    def normal(*size: int) -> Tensor:
        return torch.randn(size, generator=rng, dtype=dtype)

    x, second = (normal(batch + n, channels, height + n, width) for n in range(2))
    shifted = normal(max(1, 3 - batch), channels, height + 2, width)
    spread = torch.linspace(1.0, 6.0, channels, dtype=dtype)[:, None, None]
    spread[0] = tiny
    place = normal(channels)[:, None, None]
    return {"x": spread * x + place, "second": -2.0 * spread * second + 0.5, "shifted": 3.0 * shifted + 5.0}


def _state(rng: torch.Generator, channels: int, dtype: torch.dtype = torch.float64) -> dict[str, Tensor]:
    """Signed weights and biases, and running statistics that no batch has."""

    def normal() -> Tensor:
        return torch.randn(channels, generator=rng, dtype=dtype)

    signs = torch.where(torch.arange(channels) % 2 == 0, -1.0, 1.0).to(dtype)
    return {
        "weight": signs * (normal().abs() + 0.5),
        "bias": normal() + 0.5,
        "running_mean": normal() - 1.5,
        "running_var": 3.0 * normal().square() + 0.2,
    }


def _scattered(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) if tensor.dim() == 4 else tensor
        for name, tensor in tensors.items()
    }


def _turned(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: tensor.transpose(2, 3).contiguous().transpose(2, 3) if tensor.dim() == 4 else tensor
        for name, tensor in tensors.items()
    }


def _far(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    for batch in tensors.values():
        batch[:, 1] += FAR_AWAY
    return tensors


def _constant(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    for batch in tensors.values():
        batch[:, 0] = 0.5
    return tensors
