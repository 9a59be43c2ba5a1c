"""Decoding: from a trained model's scores to sentences, greedily and by beam search."""

import torch
from torch import Tensor


def start(model, source: Tensor, source_mask: Tensor | None) -> dict:
    """What decoding keeps from step to step, before any token is said. The source is read here, and only here.

    Shapes:  source (B, n) of int64; source_mask (B, 1, 1, n), or None where all of it may be looked at
    Model:   model.encode(source, source_mask) -> memory (B, n, d)
             model.decode(target, memory, target_mask, source_mask, caches) -> scores (B, m, V) of the token that
             follows each of the m tokens of `target`. `caches` is a list of dicts, one for each layer of
             model.decoder, empty at first: decode puts keys and values of `target` behind what they hold, (B, h, t, .)
             each, and places `target` after the t tokens that were there.
    Returns: a dict of your making, for `step`. Each call makes one of its own.
    """
    raise NotImplementedError("your turn: start")


def step(model, token: Tensor, cache: dict) -> Tensor:
    """The model's scores of the next token, after `token` and everything that was said in the steps before.

        step t  =  row t of model.decode(all tokens up to t, memory, causal mask, source_mask)

    Shapes:  token (B,) of int64  ->  scores (B, V), as the model gives them: logits, no probabilities
    Cache:   what start returned; it takes `token` in. The decoder is given one token per sentence, never the whole
             prefix again, and a single token after a cache needs no causal mask: target_mask is None.
    """
    raise NotImplementedError("your turn: step")


def greedy(model, source: Tensor, source_mask: Tensor | None, bos: int, eos: int, max_length: int) -> list[list[int]]:
    """Begin with `bos`, say the likeliest token each time, and hand it back to the model as the next input.

    A sentence ends with its `eos`, or with max_length tokens (at least 1, `eos` counted and `bos` not). The batch is
    gone on with until all its sentences have ended, and not longer.

    Returns: for each sentence a list of Python ints, without the first `bos`, its `eos` and whatever came after that.
    """
    raise NotImplementedError("your turn: greedy")


def beam(
    model,
    source: Tensor,
    source_mask: Tensor | None,
    bos: int,
    eos: int,
    max_length: int,
    width: int = 4,
    alpha: float = 0.6,
) -> list[list[int]]:
    """Go on with the `width` likeliest beginnings of each sentence side by side; return the best of all that ended.

        score(Y) = log P(Y | source) / ((5 + |Y|) / 6)^alpha        log P(Y) = sum of log-probabilities of its tokens

    |Y|:     tokens that were said, `eos` counted and `bos` not, so 1 to max_length
    Step:    every open beginning goes on with every token of the vocabulary. Of all these, the `width` with the largest
             log P stay in the beam (fewer at first, where there are not as many). Those of them that say `eos`, or have
             max_length tokens, have ended: they get their score, are not gone on with, and take no place in the next
             step, in which `width` stay again.
    End:     when no beginning is open. You may stop earlier where none can reach the best score any more; the result
             must not change by that.
    Cache:   a beginning in the beam may come from any other one of the same sentence: the cache has to follow.
    Returns: as greedy does. Width 1 is greedy; alpha is at least 0.

    Wu et al. 2016 (arXiv 1609.08144), section 7, eq. 14, without the coverage term; Vaswani et al. 2017 (arXiv
    1706.03762), section 6.1.
    """
    raise NotImplementedError("your turn: beam")
