"""Nets, names and modes on which a careless look into a net gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.layer_outputs import feature_maps

REFERENCE = feature_maps
ALL = ["*"]
DEEP = ["layer1.1.conv2", "fc", "conv1", "layer1.0.bn1", "layer1"]


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Plain names first; then modes, hooks that were there, reuse, exceptions and unknown names."""
    yield _case(rng, "one layer of a net in evaluation mode", (2, 1, 5, 4), ["fc"], [])
    yield _case(rng, "the dict has the order of names", (3, 2, 4, 5), ["fc", "layer1", "conv1"], [])
    yield _case(rng, "nested names, in training mode", (2, 3, 4, 5), DEEP, ALL)
    yield _case(rng, "an in-place ReLU later on changes nothing", (2, 1, 3, 4), ["bn1", "layer1.0.bn1", "same"], [])
    quiet = ["flat", "same", "conv1", "fc"]
    yield _case(rng, "a forward that changes tensors in place by itself", (2, 1, 3, 2), quiet, ALL, quiet=True)
    yield _case(rng, "the map of a module that hands on what it was given", (1, 2, 2, 3), ["same"], [], quiet=True)
    yield _case(rng, "of several calls of a module the last counts", (2, 2, 4, 3), ["relu", "layer1.0.relu"], [])
    yield _case(rng, "a batch of one image stays a batch", (1, 3, 4, 6), ["layer1", "drop", "same", ""], ALL)
    yield _case(rng, "the net trains but its norms rest", (2, 1, 4, 3), ["bn1", "fc"], ["", "drop", "layer1", "fc"])
    yield _case(rng, "the net rests but parts of it train", (3, 2, 5, 3), DEEP, ["layer1.0.bn1", "bn1", "drop"])
    yield _case(rng, "a module that is never called has no entry", (2, 2, 3, 4), ["unused", "fc"], [])
    yield _case(rng, "hooks that were there run first", (2, 3, 4, 5), ["conv1", "bn1", "fc"], ALL, doubled="bn1")
    yield _case(rng, "an image that asks for gradients", (2, 2, 4, 5), ["same", "fc"], ["drop"], leaf=True)
    yield _case(rng, "called where no gradients are recorded", (2, 2, 4, 3), ["conv1", "fc"], [], grad=False)
    mixed = ["", "layer1.1", "bn1"]
    yield _case(rng, "the net raises in the middle", (2, 2, 3, 4), ["fc", "conv1"], mixed, fails="Broken")
    yield _case(rng, "the net is stopped from outside", (2, 2, 4, 3), ["fc", "conv1"], ALL, fails="Stopped")
    asked = ["conv1", "layer1.0.conv3", "fc.weight", "bn1"]
    yield _case(rng, "unknown names", (2, 1, 4, 3), asked, mixed, unknown=asked[1:3])
    height, width = torch.randint(4, 8, (2,), generator=rng).tolist()
    yield _case(rng, "another size", (3, 2, height, width), DEEP, ["", "bn1"])
    yield _case(rng, "float32 stays float32", (2, 3, 4, 5), ["conv1", "fc"], ALL, dtype=torch.float32)
    yield _case(rng, "maps lie on the device of the net", (2, 3, 4, 5), ["conv1", "fc"], [], meta=True)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    names: list[str],
    training: list[str],
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    **options: Any,
) -> Case:
    x = 2.0 * torch.randn(shape, generator=rng, dtype=dtype) + 0.25
    seed = int(torch.randint(1 << 30, (), generator=rng))
    arguments = {"names": names, "training": training, "seed": seed, **options}
    rtol, atol = (2e-4, 2e-4) if dtype == torch.float32 else (1e-7, 1e-9)
    return Case(claim, {"x": x}, arguments, meta=meta, rtol=rtol, atol=atol)
