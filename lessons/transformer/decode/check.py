"""Models and tables on which a wrong decoder gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case
from models import decoding as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name

THEIRS = {
    "transformer": "transformer/encoder_decoder.py:Transformer",
    "attention": "transformer/attention.py:attention",
    "heads": "transformer/multi_head_attention.py:MultiHeadAttention",
    "feed_forward": "transformer/feed_forward.py:FeedForward",
    "norm": "transformer/layer_norm.py:LayerNorm",
    "encoder_layer": "transformer/encoder_layer.py:EncoderLayer",
    "decoder_layer": "transformer/decoder_layer.py:DecoderLayer",
    "embeddings": "transformer/embeddings.py:Embeddings",
    "positions": "transformer/positions.py:positional_encoding",
}


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sentences, source tokens, steps and vocabulary differ in number; bos and eos are other tokens each time."""
    yield _steps(rng, "three steps with a cache, the source masked", (2, 5, 3))
    yield _steps(rng, "one sentence of one token, nothing masked", (1, 1, 4), masked=False, layers=1)
    yield _steps(rng, "as many sentences as source tokens, steps and layers", (3, 3, 3), layers=3)
    yield _steps(rng, "float32 stays float32", (2, 4, 3), default_dtype="float32", rtol=1e-4, atol=1e-4)
    yield _laws(rng, "what holds for every model", {})
    yield _laws(rng, "with your own transformer", THEIRS)
    yield _greedy(rng, "sentences that end at different times, one of them at once", [3, 0, 2], 9)
    yield _greedy(rng, "one of them says all that it may", [1, 9, 4, 2], 4)
    yield _greedy(rng, "one sentence", [2], 6)
    yield _spoken(rng, "greedy", "a single token may be said", 3, max_length=1)
    yield _spoken(rng, "greedy", "the source is masked, and some say all that they may", 5, max_length=5)
    yield _spoken(rng, "beam", "beams of several widths and penalties", 6, settings=[6, 3, 0.6, 6, 5, 2.0, 7, 2, 3.0])
    yield _spoken(rng, "beam", "width 4 and alpha 0.6, without being asked", 8, settings=[7])
    yield _spoken(rng, "beam", "a beam of one", 5, settings=[6, 1, 0.6, 1, 1, 0.6])
    yield _spoken(rng, "beam", "one sentence; a beam wider than the vocabulary", 1, settings=[3, 40, 0.0])
    yield _garden_path(rng)
    yield _penalties(rng)
    yield _never_ended(rng)
    bos, eos = _two(rng, 7)
    source = torch.randint(7, (2, 3), generator=rng)
    yield Case("the first token is made where the source lies", {"source": source},
               {"what": "first", "bos": bos, "eos": eos}, default_dtype="float64", meta=True)  # fmt: skip


def _steps(
    rng: torch.Generator, claim: str, sizes: tuple[int, int, int], masked: bool = True, layers: int = 2, **settings: Any
) -> Case:
    batch, length, steps = sizes
    tensors = {
        "source": torch.randint(7, (batch, length), generator=rng),
        "said": torch.randint(7, (batch, steps), generator=rng),
    }
    if masked:
        tensors["keep"] = _keep(rng, batch, length)
    return Case(claim, tensors, {"what": "steps", "layers": layers, "seed": _seed(rng)}, **settings)


def _laws(rng: torch.Generator, claim: str, parts: dict[str, str]) -> Case:
    tensors = {
        "source": torch.randint(7, (2, 4), generator=rng),
        "said": torch.randint(7, (2, 5), generator=rng),
        "keep": _keep(rng, 2, 4),
    }
    return Case(claim, tensors, {"what": "laws", "seed": _seed(rng)}, learner_parts=parts)


def _greedy(rng: torch.Generator, claim: str, ends: list[int], max_length: int) -> Case:
    """Sentence s says ends[s] tokens and then eos, after which it would go on, to eos again after more than it may."""
    tokens, bos, eos = 6, *_two(rng, 6)
    others = [token for token in range(tokens) if token not in (bos, eos)]
    table = torch.randn(len(ends), max_length + 2, tokens, tokens, generator=rng, dtype=torch.float64)
    for sentence, end in enumerate(ends):
        for place in range(max_length + 2):
            drawn = others[int(torch.randint(len(others), (), generator=rng))]
            table[sentence, place, :, eos if place == end else drawn] += 12.0
    tensors = {"source": torch.randperm(len(ends), generator=rng)[:, None], "table": table}
    return Case(claim, tensors, {"what": "greedy", "bos": bos, "eos": eos, "max_length": max_length})


def _spoken(rng: torch.Generator, what: str, claim: str, batch: int, **arguments: Any) -> Case:
    """Scores that swing with everything that was said. Widths of vocabulary and source are drawn."""
    tokens, length = (int(torch.randint(low, low + 3, (), generator=rng)) for low in (5, 2))
    bos, eos = _two(rng, tokens)
    tensors = {
        "source": torch.randint(9, (batch, length), generator=rng),
        "waves": 3.0 * torch.randn(10, tokens, generator=rng, dtype=torch.float64),
        "keep": _keep(rng, batch, length),
    }
    return Case(claim, tensors, {"what": what, "bos": bos, "eos": eos, **arguments})


def _garden_path(rng: torch.Generator) -> Case:
    """The first token that looks best leads nowhere good; in sentence 1 the tokens' parts are exchanged."""
    bos, eos, good, bad, other = torch.randperm(5, generator=rng).tolist()
    chances = torch.full((2, 3, 5, 5), 0.01, dtype=torch.float64)
    chances[..., eos] = 0.96  # wherever nothing else is said of
    for sentence, (best, worse) in enumerate([(good, bad), (bad, good)]):
        chances[sentence, 0, bos] = _row(5, {worse: 0.55, best: 0.40})
        chances[sentence, 1, worse] = _row(5, {eos: 0.35, other: 0.32, worse: 0.30})
        chances[sentence, 1, best] = _row(5, {eos: 0.90, other: 0.05})
    source = torch.tensor([[0], [1], [0]])
    arguments = {"what": "beam", "bos": bos, "eos": eos, "settings": [4, 2, 0.6, 4, 1, 0.6]}
    return Case("what looks best at first is worse in the end", {"source": source, "table": chances.log()}, arguments)


def _penalties(rng: torch.Generator) -> Case:
    """A short sentence with a better probability, and a longer one: which is better is for the penalty to say.

    Two tokens at 0.42 against six at 0.30: the longer one is better from alpha = ln(ln 0.30 / ln 0.42) / ln(11 / 7) =
    0.725 on, from 0.642 on if eos were not counted, from 0.808 on if bos were. Five at 0.42 against six at 0.40: from
    0.574 on, 0.519 and 0.629. Two at 0.40 against six at 0.42: always, unless length is punished.
    Sentence 3 has ended twice, at 0.35 and 0.21, when six tokens at 0.33 are still to be found.
    In sentence 4 one has ended, and then the second place, of a beam that is as wide as before, leads to the best.
    """
    bos, eos, first, on, off = torch.randperm(5, generator=rng).tolist()
    chances = torch.full((5, 7, 5, 5), 1e-6, dtype=torch.float64)
    chances[:, 0, bos, first] = 1.0
    chances[:, 1:, :, on] = 1.0
    chances[0, 1, first] = _row(5, {eos: 0.42, on: 0.30, bos: 1e-6})
    chances[4, 0, bos] = _row(5, {first: 0.9, eos: 0.06})
    chances[4, 1, first] = _row(5, {on: 0.5, off: 0.45})
    chances[4, 2, on] = _row(5, {eos: 0.1})
    chances[4, 2, off] = _row(5, {eos: 1.0})
    chances[3, 0, bos] = _row(5, {first: 0.6, eos: 0.35})
    chances[3, 1, first] = _row(5, {on: 0.55, eos: 0.35})
    chances[2, 1, first] = _row(5, {eos: 0.40, on: 0.42, bos: 1e-6})
    chances[1, 4, on] = _row(5, {eos: 0.42, on: 0.40, bos: 1e-6})
    chances[:, 5, on] = _row(5, {eos: 1.0})
    settings = [number for alpha in (0.6, 0.7) for number in (7, 2, alpha)]
    arguments = {"what": "beam", "bos": bos, "eos": eos, "settings": settings}
    tensors = {"source": torch.tensor([[1], [3], [0], [4], [2]]), "table": chances.log()}
    return Case("the length decides, by as much as alpha says", tensors, arguments)


def _never_ended(rng: torch.Generator) -> Case:
    """One ends early with little probability, and the likely ones go on past max_length; of the other none ends."""
    bos, eos, on, off, end = torch.randperm(5, generator=rng).tolist()
    chances = torch.full((2, 3, 5, 5), 1e-9, dtype=torch.float64)
    chances[0, :, :] = _row(5, {on: 0.7, off: 0.2, eos: 0.1})
    chances[1, :, :] = _row(5, {off: 0.6, on: 0.3, end: 0.1})
    source = torch.tensor([[0], [1]])
    arguments = {"what": "beam", "bos": bos, "eos": eos, "settings": [3, 3, 0.6, 2, 2, 0.0, 1, 4, 0.6]}
    return Case("what has not ended counts too", {"source": source, "table": chances.log()}, arguments)


def _row(tokens: int, shares: dict[int, float]) -> Tensor:
    """The given probabilities, and what is left shared by the others."""
    rest = max(1.0 - sum(shares.values()), 1e-9) / max(tokens - len(shares), 1)
    return torch.tensor([shares.get(token, rest) for token in range(tokens)], dtype=torch.float64)


def _keep(rng: torch.Generator, batch: int, length: int) -> Tensor:
    """Of each source the first tokens, at least one; of the first sentence not all."""
    sizes = torch.randint(1, length + 1, (batch,), generator=rng)
    sizes[0] = max(1, min(int(sizes[0]), length - 1))
    return (torch.arange(length) < sizes[:, None])[:, None, None, :]


def _two(rng: torch.Generator, tokens: int) -> tuple[int, int]:
    first, second = torch.randperm(tokens, generator=rng)[:2].tolist()
    return first, second


def _seed(rng: torch.Generator) -> int:
    return int(torch.randint(1 << 30, (), generator=rng))
