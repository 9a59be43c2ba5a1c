"""How models are decoded, what is said, and how often the models are asked for it."""

import sys
from typing import Any

import torch

from lessons.checking.observing import NO_NUMBERS

BOS_NEVER = -30.0


class Asked:
    """Remembers how often the source was read, and how many rows and tokens the decoder was given in each call."""

    def __init__(self, layers):
        self.decoder, self.reads, self.asked = [object()] * layers, 0, []

    def tokens(self):
        return sorted({tokens for _, tokens in self.asked})

    def rows(self):
        return sum(rows for rows, _ in self.asked)


class SmallDecoder(Asked):
    """Layers that attend to what was said and to the source, with keys and values kept in the caches."""

    def __init__(self, like, layers, width, tokens, seed):
        super().__init__(layers)
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(layers * 3 * width + tokens + 32, width, generator=generator, dtype=torch.float64)
        drawn = drawn.to(like.device, torch.get_default_dtype())
        self.rows_of_tokens, self.places, matrices = drawn.split([tokens, 32, layers * 3 * width])
        self.matrices = matrices.unflatten(0, (layers, 3, width)) / width**0.5

    def encode(self, source, source_mask=None):
        self.reads += 1
        x = self.rows_of_tokens[source] + self.places[: source.shape[1]]
        return x + attended(x, x, x, source_mask)

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):
        self.asked.append((len(target), target.shape[1]))
        first = caches[0]["k"].shape[2] if caches and caches[0] else 0
        x = self.rows_of_tokens[target] + self.places[first : first + target.shape[1]]
        for (query, key, value), cache in zip(self.matrices, caches or [None] * len(self.decoder), strict=True):
            k, v = kept(cache, x @ key, x @ value)
            x = torch.tanh(x + attended(x @ query, k, v, target_mask))
            x = x + attended(x, memory, memory, source_mask)
        return x @ self.rows_of_tokens.T


class Spoken(Asked):
    """Scores that depend on everything that was said, in its order, and on what may be seen of the source.

    Either by waves, (T + 1, V), whose phases the tokens shift by what they are and where they stand; or by a table
    (S, T, V, V) of the scores after a token at a place in sentence s, which is the one that the source names.
    """

    def __init__(self, bos, waves: Any = None, table: Any = None):
        super().__init__(2)
        self.bos, self.waves, self.table = bos, waves, table

    def encode(self, source, source_mask=None):
        self.reads += 1
        x = source.to(torch.get_default_dtype())[:, :, None]
        seen = x if source_mask is None else x * source_mask[:, 0, 0, :, None]
        return x + 0.3 * seen.sum(1, keepdim=True)

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):  # noqa: ARG002 - a decoder's
        self.asked.append((len(target), target.shape[1]))
        new = target.to(memory.dtype)[:, :, None]
        held = [part for cache in caches or [None] for part in kept(cache, new, new)]
        shares = zip((0.5, 0.25, 0.125, 0.125), held, strict=False)
        said = sum((share * part[:, :, 0] for share, part in shares), start=memory.new_zeros(()))
        seen = memory if source_mask is None else memory * source_mask[:, 0, 0, :, None]
        key, first = seen.sum((1, 2)), said.shape[1] - target.shape[1]
        rows = [self.after(said[:, : first + t + 1], key, target[:, t]) for t in range(target.shape[1])]
        return torch.stack(rows, dim=1)

    def after(self, said, key, last):
        if self.table is not None:
            return self.table[(key / 1.3).round().long(), min(said.shape[1], self.table.shape[1]) - 1, last]
        phases = (said + 1) @ self.waves[1 : said.shape[1] + 1] + self.waves[0] * (key[:, None] + 0.5)
        scores = 1.5 * torch.sin(phases)
        scores[:, self.bos] = BOS_NEVER
        return scores


class Enough(Exception):
    """The first token has come to the decoder, and nothing else was wanted."""


class OnlyTheFirst(SmallDecoder):
    def decode(self, target, *_others, **_more):
        raise Enough(kind(target))


def kind(token):
    return f"a tensor of {str(token.dtype).removeprefix('torch.')} on {token.device.type}"


def kept(cache, k, v):
    """Behind what is in the cache, which has an axis of heads; one head here."""
    if cache is None:
        return k, v
    if cache:
        k, v = torch.cat([cache["k"][:, 0], k], dim=1), torch.cat([cache["v"][:, 0], v], dim=1)
    cache["k"], cache["v"] = k[:, None], v[:, None]
    return k, v


def attended(q, k, v, keep):
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if keep is not None:
        scores = scores.masked_fill(~keep[:, 0], -torch.inf)
    return scores.softmax(-1) @ v


def observe(code, what, **given):
    """`what` names the side of decoding that a case looks at."""
    looks = {"steps": steps, "laws": laws_of_steps, "greedy": greedily, "beam": beams, "first": first_tokens}
    yield from looks[what](code, **given)


def steps(code, source, said, keep=None, layers=2, tokens=7, seed=0):
    """Every step's scores, with another sentence begun in between, and how the model was asked."""
    model = SmallDecoder(source, layers, 6, tokens, seed)
    cache = code.start(model, source, keep)
    yield "times that start reads the source", model.reads
    yield "times that start asks the decoder", len(model.asked)
    other, others = None, []
    for t, token in enumerate(said.unbind(1)):
        yield f"scores after token {t}", code.step(model, token, cache)
        if t == 1:
            other = code.start(model, source.flip(1), None)
        if t >= 1:
            others.append(code.step(model, token.flip(0), other))
    for t, scores in enumerate(others):
        yield f"scores after token {t} of sentences that were begun in between", scores
    yield "tokens that a step gives the decoder", model.tokens()
    yield "times that the source was read for two batches", model.reads
    if not source.is_meta:
        yield from equal_to_uncached(code, model, source, said, keep, causal(said, "keep"))


def laws_of_steps(code, source, said, keep, seed, transformer=None, **parts):
    """Of any model: with the cache as without. `transformer` and its parts are the learner's own."""
    torch.manual_seed(seed)
    polarity = "keep"
    model = SmallDecoder(source, 3, 6, 7, seed)
    if transformer:
        declared = getattr(sys.modules.get(parts["attention"].__module__), "CONVENTIONS", {})
        polarity = declared.get("mask", "keep")
        model = put_together(transformer, **parts)
    yield from equal_to_uncached(code, model, source, said, as_declared(keep, polarity), causal(said, polarity))


def put_together(transformer, attention, heads, feed_forward, norm, encoder_layer, decoder_layer, **others):
    """Whatever the names of the layers' parameters: they take their parts in this order."""

    def side_by_side(d_model, num_heads):
        return heads(d_model, num_heads, attention)

    def layer_of(kind):
        return lambda *sizes: kind(*sizes, side_by_side, feed_forward, norm)

    layers = {"encoder_layer": layer_of(encoder_layer), "decoder_layer": layer_of(decoder_layer)}
    return transformer(7, 7, 6, 2, 10, 2, 0.1, **layers, **others).eval()


def as_declared(keep, polarity):
    if polarity == "keep":
        return keep
    return ~keep if polarity == "hide" else torch.zeros(keep.shape).masked_fill(~keep, -torch.inf)


def causal(said, polarity):
    size = said.shape[1]
    return as_declared(torch.ones(1, 1, size, size, dtype=torch.bool).tril(), polarity)


def equal_to_uncached(code, model, source, said, source_mask, target_mask):
    with torch.no_grad():
        plain = model.decode(said, model.encode(source, source_mask), target_mask, source_mask)
        cache = code.start(model, source, source_mask)
        by_step = [code.step(model, token, cache) for token in said.unbind(1)]
    yield "number of axes of what a step gives", by_step[0].dim()
    if all(scores.shape == plain[:, 0].shape for scores in by_step):
        claim = "invariant: step by step, with the cache, is the same as all tokens at once under a causal mask"
        yield claim, torch.stack(by_step, dim=1) - plain


def greedily(code, source, bos, eos, max_length, keep=None, waves=None, table=None):
    model = Spoken(bos, waves, table)
    random_state = torch.get_rng_state()
    said = code.greedy(model, source, keep, bos, eos, max_length)
    yield from sentences(said, "said greedily")
    yield "tokens that greedy gives the decoder at a time", model.tokens()
    yield "the source is read again and again", model.reads > len(source)
    if whole(said):
        longest = max(min(len(each) + 1, max_length) for each in said)
        yield "the decoder is asked when all sentences have ended", model.rows() > longest * len(source)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def beams(code, source, bos, eos, settings, keep=None, waves=None, table=None):
    """Settings are max_length, width and alpha, in threes; or a max_length alone, for the defaults of the others."""
    random_state = torch.get_rng_state()
    each = [settings[i : i + 3] for i in range(0, len(settings), 3)]
    for setting in each:
        model = Spoken(bos, waves, table)
        said = code.beam(model, source, keep, bos, eos, *setting)
        words = f"said by a beam of width {setting[1]}, alpha {setting[2]:g}" if setting[1:] else "said by a beam"
        yield from sentences(said, words)
        yield f"tokens at a time, {words}", model.tokens()
        yield f"the source is read again and again, {words}", model.reads > len(source)
        if setting[1:2] == [1] and whole(said):
            greedy = code.greedy(Spoken(bos, waves, table), source, keep, bos, eos, setting[0])
            yield "invariant: a beam of width 1 is greedy", said == greedy
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def first_tokens(code, source, bos, eos):
    """Of what kind the token is that is handed to the decoder first; on a device without numbers no other comes."""
    for name in ("greedy", "beam"):
        try:
            getattr(code, name)(OnlyTheFirst(source, 1, 6, 7, 0), source, None, bos, eos, 3)
        except Enough as found:
            yield f"the first token of {name}", str(found)
        except (NotImplementedError, RuntimeError) as error:
            if not any(words in str(error) for words in NO_NUMBERS):
                raise
            yield f"the first token of {name}", kind(source)  # a number was read before, as one may


def whole(said):
    """Whether it is lists of Python ints, one for each sentence."""
    return isinstance(said, list) and all(isinstance(each, list) and all(type(t) is int for t in each) for each in said)


def sentences(said, how):
    if not whole(said):
        yield f"sentences {how}", f"no lists of ints, but a {type(said).__name__}{inner(said)}"
        return
    yield f"number of sentences {how}", len(said)
    for number, tokens in enumerate(said):
        yield f"sentence {number}, {how}", tokens


def inner(said):
    kinds = {type(token).__name__ for each in said for token in (each if isinstance(each, list) else [each])}
    return f" with {', '.join(sorted(kinds))} inside" if isinstance(said, list) else ""
