"""The parts of the transformer's diagram in the order in which they run, and what is said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One row of the diagram: `shape` names what of the trace stands beside it."""

    side: str  # "encoder" or "decoder"
    row: int  # of the diagram, counted from its upper end
    label: str
    shape: str
    told: str
    attention: str = ""  # the trace's name of the attention, where it is one


def parts_of(norm: str, mode: str) -> tuple[Part, ...]:
    """All of them, upward from the source to the memory, then from the target to the logits."""
    around = "add, norm" if norm == "post" else "add"
    before = "" if norm == "post" else "norm, "
    told = {
        "post": "x <- norm(x + F(x)): the residual is added, then each token is normalised.",
        "pre": "x <- x + F(norm(x)): the norm stands in front of the sublayer, the sum stays as it is.",
    }[norm]
    feed = "relu(x W_1 + b_1) W_2 + b_2, for each position by itself."
    return (
        Part("encoder", 12, "source ids", "source", "Two sentences, the shorter one filled up with padding."),
        Part("encoder", 11, "embeddings", "source_embeddings", "E(id) = sqrt(d) weight[id]."),
        Part("encoder", 10, "+ positions", "source_embeddings", "PE(pos) is added: attention knows no order."),
        Part("encoder", 9, f"{before}self-attention", "encoder.0.self_attention.weights",
             "Queries, keys and values are all of the source.", "encoder.0.self_attention"),
        Part("encoder", 8, around, "encoder.0.self_attention", told),
        Part("encoder", 7, f"{before}feed-forward", "encoder.0.feed_forward.w_1", feed),
        Part("encoder", 6, around, "encoder.0", told + " The next layer reads this."),
        Part("encoder", 5, "memory" if norm == "post" else "norm = memory", "memory",
             "What the top layer puts out; every layer of the decoder looks at it."
             + (" Pre-norm: a last norm is needed." if norm == "pre" else "")
             + (" It was read once, before the first step." if mode == "decoding" else "")),
        Part("decoder", 10, "target ids", "target", {
            "training": "Teacher forcing: BOS, then the true target; to be said: the target, then EOS.",
            "decoding": "The token that was said last; all others are in the cache."}[mode]),
        Part("decoder", 9, "embeddings", "target_embeddings", "As on the left; the matrix is used again for logits."),
        Part("decoder", 8, "+ positions", "target_embeddings", {
            "training": "Positions 0 to m - 1.",
            "decoding": "Its own position, not 0: counted from what the cache holds."}[mode]),
        Part("decoder", 7, f"{before}self-attention", "decoder.0.self_attention.weights", {
            "training": "Each position looks at itself and at earlier ones.",
            "decoding": "One query; keys and values of all tokens so far."}[mode], "decoder.0.self_attention"),
        Part("decoder", 6, around, "decoder.0.self_attention", told),
        Part("decoder", 5, f"{before}cross-attention", "decoder.0.cross_attention.weights",
             "Queries of the target, keys and values of the memory.", "decoder.0.cross_attention"),
        Part("decoder", 4, around, "decoder.0.cross_attention", told),
        Part("decoder", 3, f"{before}feed-forward", "decoder.0.feed_forward.w_1", feed),
        Part("decoder", 2, around, "decoder.0", told),
        *([Part("decoder", 1, "last norm", "decoder_norm", "Pre-norm layers leave a sum: it is normalised once.")]
          if norm == "pre" else []),
        Part("decoder", 0, "logits", "logits", {
            "training": "x weight^T: scores of the token that follows each position; the loss is taken of all at once.",
            "decoding": "Scores of the next token. The best one is said, and fed in below."}[mode]),
    )  # fmt: skip


def mask_words(part: Part, answer: Answer) -> str:
    """Which mask this attention has, and what is cached."""
    if not part.attention:
        return ""
    shapes = answer["shapes"]
    mask, cache = shapes.get(f"{part.attention}.mask"), shapes.get(f"{part.attention}.cache")
    words = []
    if mask:
        hides = "padding and what comes later" if part.attention.startswith("decoder.0.self") else "padding"
        words.append(f"Mask {shape_words(mask)} hides {hides}.")
    else:
        words.append("No mask: nothing later is there.")
    if cache:
        words.append(f"Cache: K and V, {shape_words(cache)} each, a layer.")
    return " ".join(words)


def shape_words(shape: list[int]) -> str:
    """2x4x7x7."""
    return "x".join(map(str, shape))
