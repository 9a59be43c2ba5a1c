"""From scores to sentences: one token after the other, the best one each time or several sentences side by side."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

Cache = dict[str, Any]  # "memory", "source_mask", and "layers": one dict per decoder layer


def start(model: Any, source: Int[Tensor, "B n"], source_mask: Tensor | None) -> Cache:
    """What decoding keeps from step to step: the source is read once, and no token was said yet."""
    memory = model.encode(source, source_mask)
    return {"memory": memory, "source_mask": source_mask, "layers": [{} for _ in model.decoder]}


def step(model: Any, token: Int[Tensor, " B"], cache: Cache) -> Float[Tensor, "B V"]:
    """The scores of the token after `token`, given all tokens of the steps before; the cache takes `token` in.

    The same as the last row of model.decode of all tokens so far under a causal mask, without computing keys and
    values of earlier tokens again.
    """
    logits = model.decode(token[:, None], cache["memory"], None, cache["source_mask"], cache["layers"])
    return logits[:, -1]


def greedy(
    model: Any, source: Int[Tensor, "B n"], source_mask: Tensor | None, bos: int, eos: int, max_length: int
) -> list[list[int]]:
    """Say the likeliest token each time, until `eos` or max_length tokens; neither `bos` nor `eos` is in the result."""
    cache = start(model, source, source_mask)
    token = torch.full_like(source[:, 0], bos)
    said, over = [], torch.zeros_like(token, dtype=torch.bool)
    for _ in range(max_length):
        token = step(model, token, cache).argmax(-1)
        over = over | (token == eos)
        said.append(token)
        if bool(over.all()):
            break
    rows = torch.stack(said, dim=1).tolist() if said else [[] for _ in source]
    return [row[: row.index(eos)] if eos in row else row for row in rows]
