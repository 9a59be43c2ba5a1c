"""Nets on which a wrong count gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.receptive_field import receptive_field

REFERENCE = receptive_field
NORM, RELU = {"kind": "norm"}, {"kind": "relu"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """From one layer to a residual net in a row; images are never square where it would hide something."""
    yield _case("one kernel in the middle of one image", [_conv(4, 3)], (2, 7, 9))
    yield _case("two kernels with a stride before: steps grow", [_conv(3, 3, stride=2), _conv(5, 3)], (1, 17, 21))
    yield _case("padding makes maps larger, not fields", [_conv(3, 3, padding=1), _conv(2, 5, padding=2)], (2, 6, 9))
    yield _case("dilation pulls a kernel apart", [_conv(3, 3, dilation=2), _conv(2, 2, dilation=5)], (1, 15, 12))
    yield _case("a stride that does not divide", [_conv(2, 3, stride=2, padding=1)], (3, 8, 11))
    yield _case("a norm has a weight and a bias for each channel", [_conv(5, 1), NORM, RELU], (3, 4, 6))
    yield _case("a norm and a relu before any convolution", [NORM, RELU, _conv(2, 2)], (3, 5, 4), by_keyword=True)
    yield _case("a convolution without bias", [_conv(4, 3, bias=False), _conv(3, 2, bias=True)], (3, 8, 6))
    yield _case("a pool moves by its own size", [_pool(3), _conv(2, 2)], (4, 11, 14))
    yield _case("a padded pool moves by its own size too", [_pool(3, padding=1), _pool(2, padding=1)], (2, 13, 16))
    yield _case("pools that overlap", [_pool(3, stride=2, padding=1), _pool(3, stride=1), _conv(3, 2)], (2, 12, 15))
    yield _case("a dilated pool", [_pool(2, dilation=3, stride=2), _pool(2, dilation=2)], (3, 19, 22))
    yield _case("every window has a stride and a dilation", [
        _conv(3, 2, stride=3, dilation=2), _pool(2, stride=2, dilation=3), _conv(4, 3, stride=2, padding=2),
    ], (2, 47, 38))  # fmt: skip
    yield _case("as many channels as rows and columns", [_conv(6, 3, padding=1), NORM], (6, 6, 6))
    yield _case("an image of one row and one channel", [_conv(1, 1, stride=2), _conv(7, 1)], (1, 1, 9))
    yield _case("a field larger than the image", [_conv(2, 5, padding=2)] * 3 + [_conv(3, 3, padding=1)], (1, 4, 6))
    yield _case(
        "one block three times, the same dicts",
        [_conv(4, 3, padding=1), NORM, _pool(2)],
        (3, 17, 24),
        repeat=3,
        again=True,
    )
    yield _case("a linear layer is a kernel as large as its map", [_conv(6, 3), _pool(5), _conv(10, 1)], (1, 7, 7))
    yield _case("no layers", [], (3, 8, 5), again=True)
    yield _drawn(rng)
    yield Case("a residual net of 20 layers in a row", {}, _arguments(_resnet_20(), (3, 32, 32)) | {"split": 31})
    yield from _refused()
    image = (3, 10**8, 10**8 + 6)
    yield Case("counts beyond 2^53 stay exact", {}, _arguments([_conv(7, 3, stride=2)], image), extreme=True)


def _refused() -> Iterator[Case]:
    yield _case("a window one row too tall for its map", [_pool(5, stride=3)], (2, 4, 9))
    yield _case("a window one column too wide for its map", [RELU, _conv(2, 3, stride=2)], (1, 7, 2))
    yield _case("a dilated window that is wider than its padded map", [_conv(2, 3, dilation=4, padding=1)], (2, 11, 3))
    yield _case("a kind that is not known", [_conv(2, 3), {"kind": "dropout"}], (2, 6, 5))
    yield _case("a kind that is not known, before one that is", [{"kind": "linear"}, _conv(2, 3)], (2, 6, 5))
    yield _case("a known kind in capitals is not known", [_conv(2, 3), {"kind": "ReLU"}, NORM], (2, 6, 5))
    yield _case("a kind with a blank is not known", [{"kind": "norm "}], (2, 6, 5))


def _case(claim: str, layers: list[dict[str, Any]], image: tuple[int, int, int], **more: Any) -> Case:
    split = {"split": len(layers) // 2} if len(layers) > 1 else {}
    return Case(claim, {}, _arguments(layers, image) | split | more)


def _arguments(layers: list[dict[str, Any]], image: tuple[int, int, int]) -> dict[str, Any]:
    return {"layers": layers, **dict(zip(("channels", "height", "width"), image, strict=True))}


def _conv(out_channels: int, kernel_size: int, **more: Any) -> dict[str, Any]:
    return {"kind": "conv", "out_channels": out_channels, "kernel_size": kernel_size, **more}


def _pool(kernel_size: int, **more: Any) -> dict[str, Any]:
    return {"kind": "pool", "kernel_size": kernel_size, **more}


def _drawn(rng: torch.Generator) -> Case:
    """Five windows and a norm, on an image that is large enough for all of them."""

    def draw(low: int, high: int) -> int:
        return int(torch.randint(low, high + 1, (), generator=rng))

    layers: list[dict[str, Any]] = []
    for _ in range(3):
        window = {"stride": draw(1, 3), "padding": draw(0, 1), "dilation": draw(1, 2)}
        layers += [_conv(draw(2, 9), draw(2, 4), bias=bool(draw(0, 1)), **window), NORM]
    layers[2:2] = [_pool(draw(2, 3)), RELU]
    return _case("layers drawn for this attempt", layers, (draw(2, 5), draw(230, 260), draw(261, 300)))


def _resnet_20() -> list[dict[str, Any]]:
    """All the convolutions of the net, then the average and the linear layer as windows."""
    layers = []
    for width, stride, count in ((16, 1, 7), (32, 2, 6), (64, 2, 6)):
        for position in range(count):
            layers += [_conv(width, 3, stride=stride if position == 0 else 1, padding=1, bias=False), NORM, RELU]
    return [*layers, _pool(8), _conv(10, 1)]
