"""What an attention head does, scored: how much of its attention lies where a habit would put it.

Weights are (B, h, Tq, Tk), rows of queries summing to one over keys. A habit is a pattern: True at [b, q, k] where
query q would look at key k. Each score is a mean over the queries that count, and stands beside the score of a head
that spreads its attention evenly over all it may see. Scores of several batches are added with +.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from models.datasets.vocabulary import PAD


@dataclass(frozen=True)
class HeadScore:
    """A sum over queries for each head, so that batches can be added; `share` and `chance` are the means.

    Where no query counts (a head under a causal mask has no next token), both are nan.
    """

    total: Float[Tensor, " h"]
    chance_total: float
    queries: int

    @property
    def share(self) -> Float[Tensor, " h"]:
        """The score of each head."""
        return self.total / self.queries if self.queries else torch.full_like(self.total, torch.nan)

    @property
    def chance(self) -> float:
        """What even attention would score on the same queries."""
        return self.chance_total / self.queries if self.queries else float("nan")

    def __add__(self, other: "HeadScore | int") -> "HeadScore":
        if isinstance(other, int):  # sum() begins with 0
            return self
        return HeadScore(self.total + other.total, self.chance_total + other.chance_total, self.queries + other.queries)

    __radd__ = __add__


def score_heads(
    weights: Float[Tensor, "B h Tq Tk"],
    query_ids: Int[Tensor, "B Tq"],
    key_ids: Int[Tensor, "B Tk"],
    mask: Bool[Tensor, "..."],
    separators: Collection[int],
    crossing: bool,
) -> dict[str, HeadScore]:
    """Every habit of every head of one layer, by its name; entropy in nats and as a share of ln n.

    `mask` is True where a query may look (broadcast to B, 1, Tq, Tk), as models.masks makes it. Queries that are PAD
    never count. In self-attention "same token" leaves out the query's own place. Where `crossing`, queries and keys are
    different sentences: "previous" and "next" are left out, and "same token" means something only where both sides
    have one vocabulary.
    """
    visible = may_see(mask, query_ids, key_ids)
    patterns = {
        "diagonal": diagonal(query_ids, key_ids),
        "same token": same_token(query_ids, key_ids, itself=crossing),
        "separator": at_separators(key_ids, separators)[:, None, :].expand_as(visible),
    }
    if not crossing:
        places = torch.arange(key_ids.shape[1], device=key_ids.device)
        step = places[None, :] - places[:, None]  # (Tq, Tk): k - q
        patterns = {"previous": step == -1, "next": step == 1} | patterns
    scores = {name: attention_on(weights, pattern.expand_as(visible), visible) for name, pattern in patterns.items()}
    return scores | {
        "entropy": entropy(weights, visible, relative=False),
        "relative entropy": entropy(weights, visible, relative=True),
    }


def attention_on(
    weights: Float[Tensor, "B h Tq Tk"], pattern: Bool[Tensor, "B Tq Tk"], visible: Bool[Tensor, "B Tq Tk"]
) -> HeadScore:
    """How much attention lies on the pattern, mean over the queries whose pattern has a key that may be seen.

    share = mean_q sum_k P[q, k] A[q, k]        chance = mean_q |P[q] and V[q]| / |V[q]|
    """
    pattern = pattern & visible
    counted = pattern.any(-1)  # (B, Tq)
    on = weights.where(pattern[:, None], 0.0).sum(-1)  # (B, h, Tq); where: rows that see nothing may be nan
    return _score(on, pattern.sum(-1) / visible.sum(-1).clamp(min=1), counted)


def strongest_on(
    weights: Float[Tensor, "B h Tq Tk"], pattern: Bool[Tensor, "B Tq Tk"], visible: Bool[Tensor, "B Tq Tk"]
) -> HeadScore:
    """The share of queries whose strongest visible key is in the pattern; of queries that have a pattern.

    share = mean_q P[q, argmax_{k in V[q]} A[q, k]]        chance = mean_q |P[q] and V[q]| / |V[q]|
    """
    pattern = pattern & visible
    counted = pattern.any(-1)  # (B, Tq)
    strongest = weights.masked_fill(~visible[:, None], -1.0).argmax(-1, keepdim=True)  # (B, h, Tq, 1)
    every_head = pattern[:, None].expand_as(weights)
    hit = every_head.gather(-1, strongest)[..., 0].to(weights.dtype)  # (B, h, Tq)
    return _score(hit, pattern.sum(-1) / visible.sum(-1).clamp(min=1), counted)


def entropy(weights: Float[Tensor, "B h Tq Tk"], visible: Bool[Tensor, "B Tq Tk"], relative: bool) -> HeadScore:
    """How spread a head's attention is, mean over the queries that see two keys or more.

        H[q] = -sum_k A[q, k] ln A[q, k]   in nats, 0 to ln n, n = |V[q]|; relative: H[q] / ln n, 0 to 1

    Even attention has ln n, and 1.
    """
    seen = visible.sum(-1)  # (B, Tq)
    kept = weights.where(visible[:, None], 0.0)
    nats = -torch.special.xlogy(kept, kept).sum(-1)  # (B, h, Tq)
    most = seen.clamp(min=2).to(nats.dtype).log()  # (B, Tq)
    if relative:
        return _score(nats / most[:, None], torch.ones_like(most), seen >= 2)
    return _score(nats, most, seen >= 2)


def may_see(
    mask: Bool[Tensor, "..."], query_ids: Int[Tensor, "B Tq"], key_ids: Int[Tensor, "B Tk"]
) -> Bool[Tensor, "B Tq Tk"]:
    """Which key each query may look at: what the mask keeps; a query or key that is PAD sees and is nothing."""
    shape = (len(query_ids), 1, query_ids.shape[1], key_ids.shape[1])
    real = (query_ids != PAD)[:, :, None] & (key_ids != PAD)[:, None, :]  # (B, Tq, Tk)
    return mask.expand(shape)[:, 0] & real


def diagonal(query_ids: Int[Tensor, "B Tq"], key_ids: Int[Tensor, "B Tk"]) -> Bool[Tensor, "B Tq Tk"]:
    """The key at the same share of its sentence as the query of its own, to the nearest place.

        k = round(q (m - 1) / (n - 1))        n, m: tokens of query and key sentence without padding

    In self-attention the query itself.
    """
    n, m = ((ids != PAD).sum(1, keepdim=True) for ids in (query_ids, key_ids))  # (B, 1) each
    q = torch.arange(query_ids.shape[1], device=query_ids.device)
    nearest = (2 * q * (m - 1) + (n - 1)) // (2 * (n - 1).clamp(min=1))  # (B, Tq): halves go up, all in whole numbers
    k = torch.arange(key_ids.shape[1], device=key_ids.device)
    return k[None, None, :] == nearest[:, :, None]


def same_token(query_ids: Int[Tensor, "B Tq"], key_ids: Int[Tensor, "B Tk"], itself: bool) -> Bool[Tensor, "B Tq Tk"]:
    """Keys with the query's id; without `itself` at other places than its own."""
    same = query_ids[:, :, None] == key_ids[:, None, :]
    own = torch.eye(*same.shape[1:], dtype=torch.bool, device=same.device)
    return same if itself else same & ~own


def at_separators(key_ids: Int[Tensor, "B Tk"], separators: Collection[int]) -> Bool[Tensor, "B Tk"]:
    """Keys that stand between or around: the ids of BOS, EOS, punctuation."""
    return torch.isin(key_ids, torch.tensor(sorted(separators), dtype=key_ids.dtype, device=key_ids.device))


def aligned_pattern(aligned: Sequence[Sequence[frozenset[int]]], queries: int, keys: int) -> Bool[Tensor, "B Tq Tk"]:
    """The pattern of an alignment as models.number_alignment gives it: for each sentence, the places of each query."""
    pattern = torch.zeros(len(aligned), queries, keys, dtype=torch.bool)
    for sentence, rows in enumerate(aligned):
        for query, places in enumerate(rows):
            pattern[sentence, query, sorted(places)] = True
    return pattern


def _score(values: Float[Tensor, "B h Tq"], chances: Float[Tensor, "B Tq"], counted: Bool[Tensor, "B Tq"]) -> HeadScore:
    # In 64 bits on the CPU: a validation set has a million terms, and not every device has such numbers.
    total = values.where(counted[:, None], 0.0).cpu().double().sum((0, 2))  # (h,)
    chance = chances.where(counted, 0.0).cpu().double().sum()
    return HeadScore(total, float(chance), int(counted.sum()))
