"""Pairs of sentences to learn translation from, and the batches that they are learned in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor

from models.datasets.vocabulary import BOS, EOS, PAD, Vocabulary


class EncodedPairs(NamedTuple):
    """All pairs of a part as ids, each side in one tensor, filled up with PAD behind.

    A source row is its tokens and EOS: no BOS, so that column i of cross attention is token i. A target row is BOS, its
    tokens, EOS: the decoder reads target[:, :-1] and is asked for target[:, 1:], so that its row t says token t.
    """

    source: Int[Tensor, "N S"]
    target: Int[Tensor, "N T"]


@dataclass(frozen=True)
class Pairs:
    """Sentences and their translations, as text; targets[i] translates sources[i]."""

    sources: list[str]
    targets: list[str]
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary

    def __post_init__(self) -> None:
        if len(self.sources) != len(self.targets):
            raise ValueError(f"{len(self.sources)} sources and {len(self.targets)} targets are no pairs")

    def __len__(self) -> int:
        return len(self.sources)

    def ids(self) -> EncodedPairs:
        """The pairs as ids; made once, when they are first asked for."""
        return self._ids

    def lengths(self) -> tuple[Int[Tensor, " N"], Int[Tensor, " N"]]:
        """How many ids of each source and target are no padding, BOS and EOS counted."""
        source, target = self._ids
        return (source != PAD).sum(1), (target != PAD).sum(1)

    @cached_property
    def _ids(self) -> EncodedPairs:
        sources = [[*self.source_vocabulary.encode(text), EOS] for text in self.sources]
        targets = [[BOS, *self.target_vocabulary.encode(text), EOS] for text in self.targets]
        return EncodedPairs(padded(sources), padded(targets))


@dataclass(frozen=True)
class TranslationDataset:
    """A part to train on, one to look at meanwhile, one that is held out; `source` and `target` may be one object."""

    name: str
    source_text: str  # where it comes from
    checksum: str  # of the texts, and of the vocabulary where that is learned: of all that fixes the ids
    comparable: bool  # whether a score on it may be held against published ones
    direction: str  # "en-de"
    source: Vocabulary
    target: Vocabulary
    train: Pairs
    validation: Pairs  # may be empty
    held_out: Pairs

    def facts(self) -> dict[str, Any]:
        """What a run's config keeps of its data."""
        parts = {"train": self.train, "validation": self.validation, "held_out": self.held_out}
        return {
            "name": self.name,
            "source": self.source_text,
            "checksum": self.checksum,
            "comparable": self.comparable,
            "direction": self.direction,
            "examples": {name: len(part) for name, part in parts.items() if len(part)},
            "vocabulary": {"source": len(self.source.tokens), "target": len(self.target.tokens)},
        }


def padded(rows: Sequence[Sequence[int]]) -> Int[Tensor, "N T"]:
    """The rows below each other, as wide as the longest, filled up with PAD behind; no rows are a (0, 0) tensor."""
    ids = torch.full((len(rows), max(map(len, rows), default=0)), PAD, dtype=torch.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row, dtype=torch.int64)
    return ids


def batches_by_length(pairs: Pairs, batch_size: int, generator: torch.Generator) -> list[Int[Tensor, " B"]]:
    """One epoch: every pair once, pairs of like length in one batch, the order of the batches shuffled.

    Sorted by the longer side, ties in random order; one batch may be smaller. Fixed by the generator's state. On
    Multi30k, 128 pairs a batch, 7 % of all positions are padding; of batches drawn at random 55 %. Sorting by both
    lengths would save one more per cent, and hardly change a batch from one epoch to the next.
    """
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size} pairs holds none")
    if not len(pairs):
        return []
    longer = torch.maximum(*pairs.lengths())  # (N,)
    order = torch.randperm(len(pairs), generator=generator)  # (N,)
    order = order[longer[order].argsort(stable=True)]
    batches = order.split(batch_size)
    return [batches[place] for place in torch.randperm(len(batches), generator=generator).tolist()]
