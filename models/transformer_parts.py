"""The parts of a transformer's run: the learner's, and references only where the run's config says so."""

from collections.abc import Callable
from typing import Any

from models import (
    attention,
    decoder_layer,
    decoding,
    embeddings,
    encoder_decoder,
    encoder_layer,
    feed_forward,
    layer_norm,
    masks,
    multi_head_attention,
    noam,
    positional_encoding,
)
from models.attention_call import KINDS
from models.learner_modules import LearnerModules
from models.run_config import RunConfig
from models.taken_parts import TakenParts, take

REFERENCES: dict[str, dict[str, Callable[..., Any]]] = {
    "transformer/attention": {"attention": attention.attention},
    "transformer/masks": {"padding_mask": masks.padding_mask, "target_mask": masks.target_mask},
    "transformer/multi_head_attention": {"MultiHeadAttention": multi_head_attention.MultiHeadAttention},
    "transformer/positional_encoding": {"positional_encoding": positional_encoding.positional_encoding},
    "transformer/layer_norm": {"LayerNorm": layer_norm.LayerNorm},
    "transformer/feed_forward": {"FeedForward": feed_forward.FeedForward},
    "transformer/encoder_layer": {"EncoderLayer": encoder_layer.EncoderLayer},
    "transformer/decoder_layer": {"DecoderLayer": decoder_layer.DecoderLayer},
    "transformer/encoder_decoder": {"Transformer": encoder_decoder.Transformer},
    "transformer/embeddings": {"Embeddings": embeddings.Embeddings},
    "transformer/schedule": {name: getattr(noam, name) for name in ("noam", "smoothed_cross_entropy")},
    "transformer/decode": {name: getattr(decoding, name) for name in ("start", "step", "greedy", "beam")},
}
_KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "transformer/attention": {"mask": KINDS},
    "transformer/masks": {"mask": KINDS},
    "transformer/encoder_layer": {"norm": ("post", "pre")},
    "transformer/decoder_layer": {"norm": ("post", "pre")},
}


def take_transformer_parts(config: RunConfig, modules: LearnerModules) -> TakenParts:
    """Every part of the config; what its files declare can be told by `mask_kind` and `norm_order`."""
    return take(config, modules, REFERENCES, _KNOWN)


def mask_kind(parts: TakenParts, exercise_id: str) -> str:
    """How this file writes a mask; as the stub does unless it declares something else."""
    return parts.declared.get(exercise_id, {}).get("mask", "keep")


def norm_order(parts: TakenParts, exercise_id: str) -> str:
    """Where this file's layers have their norms: "post" or "pre"."""
    return parts.declared.get(exercise_id, {}).get("norm", "post")
