"""Puts a transformer together: the learner's parts, with torch's fused attention and layer norm as their twins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from models.attention_call import AttentionCall
from models.learner_modules import PartUnusable
from models.rearranged_layers import DECODER, ENCODER, rearranged
from models.run_config import RunConfig
from models.taken_parts import TakenParts
from models.transformer_parts import mask_kind, norm_order
from models.translator import Translator
from models.twins import Pair, Twins

LEARNED_PLACES = 512  # rows of a learned table of positions
_TWINS = {AttentionCall: "transformer/attention", nn.LayerNorm: "transformer/layer_norm"}
_WAVES = 0.5**0.5  # root mean square of sines and cosines: what a learned table starts with


@dataclass(frozen=True)
class Vocabularies:
    """How many tokens each side has; `shared` where both are one."""

    source: int
    target: int
    shared: bool
    pad: int


@dataclass(frozen=True)
class Assembled:
    """The net that trains, and where torch's parts stand in it, the learner's beside them."""

    net: Translator
    twins: Twins | None


def assemble_transformer(
    config: RunConfig, settings: Mapping[str, Any], parts: TakenParts, sizes: Vocabularies, generator: torch.Generator
) -> Assembled:
    """The run's net with its first weights, which are the same with twins and without."""
    fused = {part.exercise_id for part in config.parts if config.twin and part.has_twin} & set(_TWINS.values())
    own = _build(settings, parts, sizes, fused=set())
    if not fused:
        draw_weights(own, generator)
        return Assembled(own, None)
    net = _build(settings, parts, sizes, fused)
    draw_weights(net, generator)
    return Assembled(net, Twins(net, tuple(_pairs(net, own, fused))))


def _pairs(net: Translator, own: Translator, fused: set[str]) -> list[Pair]:
    others = dict(own.named_modules())
    pairs = []
    for name, part in net.named_modules():
        exercise_id = _TWINS.get(type(part), "")
        if exercise_id in fused:
            if name not in others:
                raise PartUnusable(f"Made anew, the net has no {name}.", exercise_id, "make the same parts every time")
            pairs.append(Pair(exercise_id, name, part, others[name]))
    return pairs


def _build(settings: Mapping[str, Any], parts: TakenParts, sizes: Vocabularies, fused: set[str]) -> Translator:
    order = settings["norm"]
    norm = _norm(order, parts, fused)
    attention = partial(_attention, parts, "transformer/attention" in fused, settings["is_scaled"])
    given = {
        "attention": attention,
        "feed_forward": parts["FeedForward"] if settings["feed_forward"] else Nothing,
        "norm": norm,
    }
    layers, final = {}, False
    for name, kind, names in (("EncoderLayer", "encoder_layer", ENCODER), ("DecoderLayer", "decoder_layer", DECODER)):
        declared = norm_order(parts, f"transformer/{kind}")
        wanted = declared if order in ("declared", "none") else order
        make = partial(parts[name], **given)
        layers[kind] = make if wanted == declared else rearranged(make, wanted, names)
        final = final or wanted == "pre"
    positions = _positions(settings, parts)
    transformer = parts["Transformer"](
        sizes.source, sizes.target, settings["d_model"], settings["num_heads"], settings["d_ff"],
        settings["num_layers"], settings["dropout"],
        embeddings=parts["Embeddings"], positions=positions, **layers,
        final_norm=norm if final else None, shared=sizes.shared,
    )  # fmt: skip
    is_kept = any(part is positions for part in transformer.modules())
    if isinstance(positions, LearnedPositions) and not is_kept:
        thing = "The transformer does not keep `positions` as it was given them, so a table would not be trained."
        next_step = "keep it under a name of its own, as in self.positions = positions"
        raise PartUnusable(thing, "transformer/encoder_decoder", next_step)
    return Translator(transformer, parts, sizes.pad, positions)


def _attention(parts: TakenParts, is_fused: bool, is_scaled: bool, d_model: int, num_heads: int) -> nn.Module:
    kind = mask_kind(parts, "transformer/attention")
    return parts["MultiHeadAttention"](d_model, num_heads, AttentionCall(parts["attention"], kind, is_fused, is_scaled))


def _norm(order: str, parts: TakenParts, fused: set[str]) -> Callable[..., nn.Module]:
    if order == "none":
        return nn.Identity
    return nn.LayerNorm if "transformer/layer_norm" in fused else parts["LayerNorm"]


def _positions(settings: Mapping[str, Any], parts: TakenParts) -> Callable[[int, int], Tensor]:
    if settings["positions"] == "learned":
        return LearnedPositions(settings["d_model"])
    if settings["positions"] == "none":
        return torch.zeros
    return Kept(parts["positional_encoding"])


class Nothing(nn.Module):
    """A sublayer that adds nothing."""

    def __init__(self, *_: int) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        return torch.zeros_like(x)


class LearnedPositions(nn.Module):
    """A row for each position, trained like the embeddings. Gehring et al. 2017 (1705.03122), section 3.1."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.zeros(LEARNED_PLACES, d_model))

    def forward(self, n: int, d: int) -> Float[Tensor, "n d"]:
        return self.table[:n, :d]


class Kept:
    """The learner's rows, computed anew only where more of them are needed than ever before."""

    def __init__(self, make: Callable[[int, int], Tensor]) -> None:
        self.make, self.rows = make, torch.zeros(0, 0)

    def __call__(self, n: int, d: int) -> Float[Tensor, "n d"]:
        if self.rows.shape[0] < n or self.rows.shape[1] != d:
            self.rows = self.make(max(n, 64), d)
        return self.rows[:n]


@torch.no_grad()
def draw_weights(net: nn.Module, generator: torch.Generator) -> None:
    """First weights, by name and in order, so that it does not matter who made the parts.

    Embeddings: normal, standard deviation d^(-1/2). Matrices: uniform in +-sqrt(6 / (in + out)), Glorot and Bengio
    2010, eq. 16. Weights of norms 1, biases 0.
    """
    tables = [part.table for part in net.modules() if isinstance(part, LearnedPositions)]
    for name, parameter in net.named_parameters():
        if parameter.ndim < 2:
            parameter.fill_(1.0 if name.endswith("weight") else 0.0)
        elif "embeddings" in name:
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * parameter.shape[1] ** -0.5)
        elif any(parameter is table for table in tables):
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * _WAVES)
        else:
            bound = (6.0 / sum(parameter.shape)) ** 0.5
            parameter.copy_(torch.rand(parameter.shape, generator=generator) * 2 * bound - bound)
