"""Sentences and masks on which a wrong encoder layer gives itself away."""

from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.encoder_layer import EncoderLayer

REFERENCE = EncoderLayer
THEIRS = {
    "heads": "transformer/multi_head_attention.py:MultiHeadAttention",
    "attention": "transformer/attention.py:attention",
    "feed_forward": "transformer/feed_forward.py:FeedForward",
    "norm": "transformer/layer_norm.py:LayerNorm",
}


def adapted(norm: str) -> Callable[..., EncoderLayer]:
    """The reference by the convention that was declared."""
    return partial(EncoderLayer, order=norm)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, tokens, width, heads and d_ff differ in number, so that none can be confused with another."""
    yield _case(rng, "no mask, and a norm that was not asked for", (3, 5, 6), 2, 7)
    yield _case(rng, "the end of a sentence is padding", (2, 4, 6), 3, 5, "padding")
    yield _case(rng, "each token of each head may look at its own choice of others", (3, 5, 4), 2, 3, "any")
    yield _case(rng, "parts of your choice, and a mask that is to be added", (3, 4, 6), 2, 5, "added", marked=True)
    yield _case(rng, "one sentence of one token", (1, 1, 4), 2, 3)
    yield _case(rng, "as many sentences as tokens, numbers, heads and hidden units", (2, 2, 2), 2, 2, "padding")
    yield _case(rng, "dropout is for what the sublayers give", (5, 15, 16), 2, 3, dropped=True)
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", (2, 3, 4), 2, 5, "padding", dtype=torch.float32)
    yield _case(rng, "everything lies on the device of x", (3, 2, 4), 2, 5, meta=True)
    yield _case(rng, "what holds for every layer", (3, 5, 6), 2, 4, "padding", laws=True)
    yield _case(
        rng, "with your own attention, feed-forward and norm", (2, 5, 6), 3, 4, "padding", laws=True,
        learner_parts=THEIRS,
    )  # fmt: skip


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    num_heads: int,
    d_ff: int,
    mask: str | None = None,
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    learner_parts: dict[str, str] | None = None,
    **flags: bool,
) -> Case:
    tensors = {"x": 1.5 * torch.randn(shape, generator=rng, dtype=dtype) + 0.25}
    if mask:
        tensors["mask"] = _mask(rng, mask, (shape[0], num_heads, shape[1]), dtype)
    seed = int(torch.randint(1 << 30, (), generator=rng))
    rtol, atol = (1e-3, 1e-4) if dtype == torch.float32 else (1e-7, 1e-9)
    arguments = {"num_heads": num_heads, "d_ff": d_ff, "seed": seed, **flags}
    return Case(claim, tensors, arguments, meta=meta, learner_parts=learner_parts or {}, rtol=rtol, atol=atol)


def _mask(rng: torch.Generator, kind: str, sizes: tuple[int, int, int], dtype: torch.dtype) -> Tensor:
    """Every row lets something be seen. Padding hides the last token of the first sentence and of no other."""
    batch, num_heads, n = sizes
    if kind == "padding":
        keep = torch.ones(batch, 1, 1, n, dtype=torch.bool)
        keep[0, ..., -1] = False
        return keep
    first, second = (1, num_heads) if kind == "any" else (batch, 1)
    keep = torch.rand(first, second, n, n, generator=rng) < 0.5
    keep |= torch.eye(n, dtype=torch.bool).roll(1, 0)
    return keep if kind == "any" else torch.zeros(keep.shape, dtype=dtype).masked_fill(~keep, -torch.inf) + 0.5


def _scattered(rng: torch.Generator) -> Case:
    """Also of sizes that are drawn for each attempt."""
    batch, tokens, d_ff = (torch.randperm(4, generator=rng)[:3] + 2).tolist()
    case = _case(rng, "x does not lie row by row in memory", (batch, tokens, 6), 3, d_ff, "padding")
    case.tensors["x"] = case.tensors["x"].transpose(0, 1).contiguous().transpose(0, 1)
    return case
