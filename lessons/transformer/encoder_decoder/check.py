"""Sentences on which a wrong assembly gives itself away: exact counts at full size, numbers on narrow models."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.encoder_decoder import Transformer

REFERENCE = Transformer
LAYERS = {
    "heads": "transformer/multi_head_attention.py:MultiHeadAttention",
    "attention": "transformer/attention.py:attention",
    "feed_forward": "transformer/feed_forward.py:FeedForward",
    "norm": "transformer/layer_norm.py:LayerNorm",
    "encoder_layer": "transformer/encoder_layer.py:EncoderLayer",
    "decoder_layer": "transformer/decoder_layer.py:DecoderLayer",
}
POSITIONS = {"positions": "transformer/positions.py:positional_encoding"}
EMBEDDINGS = {"embeddings": "transformer/embeddings.py:Embeddings"}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, tokens and vocabularies of either side, width, heads, d_ff and layers differ in number."""
    yield Case("the paper's base model has 63,045,632 parameters", {})
    yield _case(rng, "no masks, no final norms, two layers", (2, 4, 3), (6, 2, 5, 2))
    yield _case(rng, "masks reach all three layers on either side", (2, 3, 5), (4, 2, 5, 3), masks="padding")
    yield _case(
        rng, "norms at the ends, masks that are to be added", (3, 4, 2), (6, 3, 5, 1), masks="added", final=True
    )
    yield _case(rng, "one sentence of one token, said by one", (1, 1, 1), (4, 1, 3, 1))
    yield _case(rng, "as many sentences as tokens, numbers and heads", (2, 2, 2), (2, 2, 2, 1), masks="padding")
    yield _case(rng, "dropout is for embeddings and positions together", (6, 11, 13), (16, 2, 3, 1), dropped=True)
    yield _drawn(rng)
    yield _case(
        rng, "one vocabulary for both sides, in float32", (2, 3, 4), (6, 2, 4, 1), masks="padding", shared=True,
        dtype="float32",
    )  # fmt: skip
    yield _case(rng, "everything lies on the device of the ids", (2, 3, 4), (4, 2, 5, 1), meta=True)
    yield _case(rng, "nobody sees what comes later", (3, 5, 4), (6, 2, 5, 2), masks="padding", laws=True)
    yield Case("63,045,632 with your own layers too", {}, learner_parts=LAYERS)
    yield _own(rng, "with your own layers and positions", 2, LAYERS | POSITIONS)
    yield _own(rng, "with your own embeddings too", 1, LAYERS | POSITIONS | EMBEDDINGS)


def _own(rng: torch.Generator, claim: str, num_layers: int, parts: dict[str, str]) -> Case:
    """What holds for every transformer; embeddings come later in the course, so they are asked for apart."""
    sizes = (6, 2, 5, num_layers)
    return _case(rng, claim, (2, 3, 4), sizes, masks="padding", laws=True, learner_parts=parts)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, int, int],
    sizes: tuple[int, int, int, int],
    masks: str | None = None,
    dtype: str | None = None,
    meta: bool = False,
    learner_parts: dict[str, str] | None = None,
    **flags: bool,
) -> Case:
    """`shape`: sentences, tokens of the source, of the target; `sizes`: d_model, num_heads, d_ff, num_layers."""
    batch, n, m = shape
    vocabularies = (9, 9) if flags.get("shared") else (8, 11)
    tensors = {
        "source": torch.randint(1, vocabularies[0], (batch, n), generator=rng),
        "target": torch.randint(1, vocabularies[1], (batch, m), generator=rng),
    }
    if masks:
        tensors |= _masks(masks, (batch, n, m), sizes[1])
    arguments: dict[str, Any] = {
        "sizes": [*vocabularies, *sizes],
        "seed": int(torch.randint(1 << 30, (), generator=rng)),
        **flags,
    }
    rtol, atol = (1e-3, 1e-3) if dtype else (1e-7, 1e-8)
    parts = learner_parts or {}
    return Case(claim, tensors, arguments, rtol=rtol, atol=atol, learner_parts=parts, default_dtype=dtype, meta=meta)


def _masks(kind: str, shape: tuple[int, int, int], num_heads: int) -> dict[str, Tensor]:
    """Every row lets something be seen; the first sentence's last source token and last target token are padding.

    Where masks are added, each head has its own.
    """
    batch, n, m = shape
    source = torch.ones(batch, 1, 1, n, dtype=torch.bool)
    target = torch.ones(batch, 1, m, m, dtype=torch.bool).tril()
    source[0, ..., -1] = target[0, ..., -1] = False
    masks = {"source_mask": source, "target_mask": target}
    if kind == "padding":
        return masks
    heads = torch.arange(num_heads, dtype=torch.float64)[:, None, None]
    hidden = {name: torch.zeros(keep.shape).masked_fill(~keep, -torch.inf) for name, keep in masks.items()}
    return {name: hidden[name] + heads * keep.cumsum(-1) for name, keep in masks.items()}


def _drawn(rng: torch.Generator) -> Case:
    """Sizes that are drawn for each attempt, and ids that do not lie row by row."""
    batch, n, m, d_ff = (torch.randperm(4, generator=rng) + 2).tolist()
    case = _case(rng, "sizes drawn for this attempt, columns of ids", (batch, n, m), (6, 3, d_ff, 1), masks="padding")
    for name in ("source", "target"):
        case.tensors[name] = case.tensors[name].T.contiguous().T
    return case
