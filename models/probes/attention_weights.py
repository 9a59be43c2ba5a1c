"""Where a transformer looks: the weights of every head, caught where attention is computed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.evaluation_mode import evaluating
from models.learner_modules import PartUnusable
from models.translator import Translator

KINDS = ("encoder", "decoder", "cross")  # self-attention of either side, and the decoder's look at the source


def attention_weights(
    net: Translator, source: Int[Tensor, "B n"], told: Int[Tensor, "B m"]
) -> dict[str, Float[Tensor, "B L h q k"]]:
    """The weights of all layers and heads while these sentences are read and said, by kind.

    Shapes: encoder (B, L, h, n, n), decoder (B, L, h, m, m), cross (B, L, h, m, n). By the learner's own attention: a
    fused one keeps its weights to itself.
    """
    caught: dict[str, Tensor] = {}
    with _showing(net, lambda name, weights: caught.__setitem__(name, weights)), evaluating(net):
        net(source, told)
    by_kind: dict[str, list[Tensor]] = {kind: [] for kind in KINDS}
    for name, weights in caught.items():
        by_kind[kind_of(name)].append(weights)
    return {kind: torch.stack(layers, dim=1) for kind, layers in by_kind.items()}


@contextmanager
def heads_off(net: Translator, kind: str, layer: int, heads: tuple[int, ...]) -> Iterator[None]:
    """While it lasts these heads of one layer give 0 in the place of what they saw."""
    call = [call for name, call in net.attention_calls().items() if kind_of(name) == kind][layer]
    call.heads_off = heads
    try:
        yield
    finally:
        call.heads_off = ()


def kind_of(name: str) -> str:
    """Which of the three kinds a part with this name is: "decoder.0.cross_attention" is cross."""
    if "cross" in name:
        return "cross"
    return "encoder" if name.startswith("encoder") else "decoder"


@contextmanager
def _showing(net: Translator, catch: Callable[[str, Tensor], None]) -> Iterator[None]:
    hooks = []
    for name, call in net.attention_calls().items():

        def after(part: nn.Module, inputs: Any, output: Any, name: str = name) -> None:
            del part, inputs
            if not isinstance(output[1], Tensor):
                thing = f"The attention at {name} gives no weights."
                raise PartUnusable(thing, "transformer/attention", "check it: phase3-tutor check transformer/attention")
            catch(name, output[1])

        call.shows_weights = True
        hooks.append(call.register_forward_hook(after))
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
        for call in net.attention_calls().values():
            call.shows_weights = False
