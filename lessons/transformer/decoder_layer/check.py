"""Sentences and masks on which a wrong decoder layer gives itself away."""

from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import Tensor

from lessons.checking.case import Case
from models.decoder_layer import DecoderLayer

REFERENCE = DecoderLayer
THEIRS = {
    "heads": "transformer/multi_head_attention.py:MultiHeadAttention",
    "attention": "transformer/attention.py:attention",
    "feed_forward": "transformer/feed_forward.py:FeedForward",
    "norm": "transformer/layer_norm.py:LayerNorm",
}


def adapted(norm: str) -> Callable[..., DecoderLayer]:
    """The reference by the convention that was declared."""
    return partial(DecoderLayer, order=norm)


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, tokens of either side, width, heads and d_ff differ in number, so that none can be confused."""
    yield _case(rng, "no masks, and a norm that was not asked for", (3, 4, 5, 6), 2, 7)
    yield _case(rng, "later tokens and padding are hidden, on either side", (2, 5, 3, 6), 3, 4, "padding")
    yield _case(rng, "as many tokens as the source has", (3, 4, 4, 6), 2, 5, "padding")
    yield _case(rng, "parts of your choice, and masks that are to be added", (2, 3, 5, 4), 2, 3, "added", marked=True)
    yield _case(rng, "one token of one sentence, and one of the source", (1, 1, 1, 4), 2, 3)
    yield _case(rng, "as many sentences as tokens, numbers, heads and hidden units", (2, 2, 2, 2), 2, 2, "padding")
    yield _case(rng, "dropout is for what the sublayers give", (5, 15, 4, 16), 2, 3, dropped=True)
    yield _scattered(rng)
    yield _case(rng, "float32 stays float32", (2, 3, 4, 4), 2, 5, "padding", dtype=torch.float32)
    yield _case(rng, "everything lies on the device of x", (3, 2, 5, 4), 2, 5, meta=True)
    yield _case(rng, "nobody sees what comes later, all see the source", (3, 5, 4, 6), 2, 4, "causal", laws=True)
    yield _case(
        rng, "with your own attention, feed-forward and norm", (2, 5, 4, 6), 3, 4, "causal", laws=True,
        learner_parts=THEIRS,
    )  # fmt: skip


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, ...],
    num_heads: int,
    d_ff: int,
    masks: str | None = None,
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    learner_parts: dict[str, str] | None = None,
    **flags: bool,
) -> Case:
    batch, n, m, d = shape
    tensors = {
        "x": 1.5 * torch.randn(batch, n, d, generator=rng, dtype=dtype) + 0.25,
        "memory": torch.randn(batch, m, d, generator=rng, dtype=dtype) - 0.5,
    }
    if masks:
        tensors |= _masks(masks, (batch, n, m, num_heads), dtype)
    seed = int(torch.randint(1 << 30, (), generator=rng))
    rtol, atol = (1e-3, 1e-4) if dtype == torch.float32 else (1e-7, 1e-9)
    arguments = {"num_heads": num_heads, "d_ff": d_ff, "seed": seed, **flags}
    return Case(claim, tensors, arguments, meta=meta, learner_parts=learner_parts or {}, rtol=rtol, atol=atol)


def _masks(kind: str, sizes: tuple[int, int, int, int], dtype: torch.dtype) -> dict[str, Tensor]:
    """Every row lets something be seen. Padding: the last token of one sentence on either side, not of the same one.

    Where masks are added, each head has its own.
    """
    batch, n, m, num_heads = sizes
    target = torch.ones(batch, 1, n, n, dtype=torch.bool).tril()
    source = torch.ones(batch, 1, 1, m, dtype=torch.bool)
    source[-1, ..., 0] = False
    if kind == "causal":
        return {"target_mask": target[:1], "source_mask": source}
    target[0, ..., -1] = n == 1
    if kind == "padding":
        return {"target_mask": target, "source_mask": source}
    added = torch.arange(num_heads, dtype=dtype)[:, None, None]
    return {
        f"{name}_mask": torch.zeros(keep.shape, dtype=dtype).masked_fill(~keep, -torch.inf) + added * keep.cumsum(-1)
        for name, keep in (("target", target), ("source", source))
    }


def _scattered(rng: torch.Generator) -> Case:
    """Also of sizes that are drawn for each attempt."""
    batch, n, m, d_ff = (torch.randperm(4, generator=rng) + 2).tolist()
    case = _case(rng, "tensors that do not lie row by row in memory", (batch, n, m, 6), 3, d_ff, "padding")
    for name in ("x", "memory"):
        case.tensors[name] = case.tensors[name].transpose(0, 1).contiguous().transpose(0, 1)
    return case
