"""From scores to sentences: one token after the other, the best one each time or several sentences side by side."""

import math
from typing import Any

import torch
from jaxtyping import Bool, Float, Int
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


@torch.no_grad()
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


@torch.no_grad()
def beam(
    model: Any,
    source: Int[Tensor, "B n"],
    source_mask: Tensor | None,
    bos: int,
    eos: int,
    max_length: int,
    width: int = 4,
    alpha: float = 0.6,
) -> list[list[int]]:
    """Go on with the `width` likeliest beginnings of every sentence; say the best of all that ended.

        score(Y) = log P(Y) / lp(|Y|)        lp(n) = ((5 + n) / 6)^alpha,  |Y| counts `eos`

    At each step every open beginning goes on with every token, and the `width` with the largest log P are kept. Of
    these, what says `eos`, or has max_length tokens, has ended: it gets its score and is not gone on with. All places
    of the beam are open again for the next step. A sentence is decided when no open beginning is left, or when none
    can come past the best score: log P only falls, so that log P / lp(max_length) is the most that it can reach.

    Width 1 is greedy. alpha is at least 0; neither `bos` nor `eos` is in the result.
    Wu et al. 2016 (1609.08144), eq. 14 without coverage; width 4, alpha 0.6: Vaswani et al. 2017, section 6.1.
    """
    cache = start(model, source, source_mask)
    _take(cache, torch.arange(len(source), device=source.device).repeat_interleave(width))
    sentences = torch.arange(len(source), device=source.device)  # which are undecided, (S,)
    said = source.new_full((len(source), width, 1), bos)  # (S, W, t)
    sums = cache["memory"].new_full((len(source), width), -math.inf)  # log P of what is open, (S, W)
    sums[:, 0] = 0.0  # at first all beginnings are the same one
    best = sums[:, 1:].new_full((len(source),), -math.inf)
    results: list[list[int]] = [[] for _ in source]
    for length in range(1, max_length + 1):
        log_p = step(model, said[:, :, -1].flatten(), cache).log_softmax(-1)  # (S W, V)
        totals, picks = (sums.flatten()[:, None] + log_p).unflatten(0, (-1, width)).flatten(1).topk(width)
        parent, token = picks // log_p.shape[-1], picks % log_p.shape[-1]  # (S, W)
        said = torch.cat([_of(said, parent), token[:, :, None]], dim=2)
        ended = (token == eos) | (length == max_length)
        score, which = (totals.masked_fill(~ended, -math.inf) / _penalty(length, alpha)).max(1)  # (S,)
        for i in (score > best[sentences]).nonzero().flatten().tolist():
            row = said[i, which[i], 1:].tolist()
            results[int(sentences[i])] = row[:-1] if row[-1] == eos else row
        best[sentences] = torch.maximum(best[sentences], score)
        sums = totals.masked_fill(ended, -math.inf)
        undecided = sums.amax(1) / _penalty(max_length, alpha) > best[sentences]  # (S,)
        if not bool(undecided.any()):
            break
        _take(cache, _rows(parent, undecided), moved=not bool(undecided.all()))
        sentences, said, sums = sentences[undecided], said[undecided], sums[undecided]
    return results


def _penalty(length: int, alpha: float) -> float:
    return ((5 + length) / 6) ** alpha


def _of(said: Int[Tensor, "S W t"], parent: Int[Tensor, "S W"]) -> Int[Tensor, "S W t"]:
    return said.gather(1, parent[:, :, None].expand_as(said))


def _rows(parent: Int[Tensor, "S W"], undecided: Bool[Tensor, " S"]) -> Int[Tensor, " R"]:
    """Where, among the S W rows of the last step, each row of the next one comes from."""
    first = torch.arange(len(parent), device=parent.device)[:, None] * parent.shape[1]
    return (first + parent)[undecided].flatten()


def _take(cache: Cache, rows: Int[Tensor, " R"], moved: bool = True) -> None:
    """Bring the rows of the cache into another order; the source's only where sentences have `moved`."""
    for layer in cache["layers"]:
        layer.update({name: kept.index_select(0, rows) for name, kept in layer.items()})
    if not moved:
        return
    mask = cache["source_mask"]
    if mask is not None and mask.dim() == 4 and mask.shape[0] == cache["memory"].shape[0]:
        cache["source_mask"] = mask.index_select(0, rows)
    cache["memory"] = cache["memory"].index_select(0, rows)
