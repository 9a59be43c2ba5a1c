"""What a net makes of one image, stage by stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn


@dataclass(frozen=True)
class FeatureMaps:
    """The scores of one image, and the maps of every stage in order: the stem first."""

    scores: Float[Tensor, " K"]
    stages: dict[str, Float[Tensor, "C H W"]]


@torch.no_grad()
def feature_maps(net: nn.Module, x: Float[Tensor, "1 C H W"]) -> FeatureMaps:
    """Run one image in evaluation mode and keep what enters the first stage and what leaves each.

    The net is left as it was found: its mode, its buffers, and no hook on it.
    Shapes: the stem (widths[0], H, W), stage i (widths[i], H / 2^i, W / 2^i), counted from 0.
    """
    modes = {module: module.training for module in net.modules()}
    try:
        with _watching(net) as stages:
            scores = net.eval()(x)[0]  # (K,)
    finally:
        for module, training in modes.items():
            module.training = training
    return FeatureMaps(scores, stages)


@contextmanager
def _watching(net: nn.Module) -> Iterator[dict[str, Tensor]]:
    seen: dict[str, Tensor] = {}
    blocks = list(_stages_of(net))

    # Clones: an in-place ReLU further on would otherwise change what was seen here.
    def before(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen["stem"] = inputs[0][0].detach().clone()  # (C, H, W)

    hooks = [blocks[0].register_forward_pre_hook(before)]
    for number, stage in enumerate(blocks, start=1):

        def after(_: nn.Module, __: tuple[Tensor, ...], y: Tensor, name: str = f"stage {number}") -> None:
            seen[name] = y[0].detach().clone()  # (C, H, W)

        hooks.append(stage.register_forward_hook(after))
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def _stages_of(net: nn.Module) -> nn.ModuleList:
    stages = getattr(net, "stages", None)
    if not isinstance(stages, nn.ModuleList) or not len(stages):
        raise ValueError("the net keeps no `stages`, as ResNet's stub asks for")
    return stages
