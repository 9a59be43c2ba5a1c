"""Pairs as tensors, and the batches of an epoch."""

import pytest
import torch

from models.datasets.translation import Pairs, TranslationDataset, batches_by_length
from models.datasets.vocabulary import BOS, EOS, PAD, CharacterVocabulary, WordVocabulary

SOURCE, TARGET = WordVocabulary.of(["a b c d"]), CharacterVocabulary.of(["xyz"])
A, B, X, Y = 4, 5, 4, 5


def pairs(sources, targets):
    return Pairs(sources, targets, SOURCE, TARGET)


def many(count):
    draws = torch.Generator().manual_seed(1)
    lengths = torch.randint(1, 9, (count, 2), generator=draws).tolist()
    return pairs([" ".join("a" * source) for source, _ in lengths], ["x" * target for _, target in lengths])


def test_a_source_ends_and_a_target_begins_and_ends_and_both_are_filled_up():
    source, target = pairs(["a", "a b"], ["xy", "x"]).ids()
    assert source.tolist() == [[A, EOS, PAD], [A, B, EOS]]
    assert target.tolist() == [[BOS, X, Y, EOS], [BOS, X, EOS, PAD]]
    assert source.dtype == target.dtype == torch.int64


def test_lengths_count_begin_and_end():
    source, target = pairs(["a", "a b"], ["xy", "x"]).lengths()
    assert (source.tolist(), target.tolist()) == ([2, 3], [4, 3])


def test_no_pairs_are_empty_tensors_and_no_batches():
    source, target = pairs([], []).ids()
    assert source.shape == target.shape == (0, 0)
    assert batches_by_length(pairs([], []), 4, torch.Generator()) == []


def test_sides_of_different_length_are_no_pairs():
    with pytest.raises(ValueError, match="2 sources and 1 targets"):
        pairs(["a", "b"], ["x"])


def test_an_epoch_has_every_pair_once_in_batches_of_the_size_but_one():
    batches = batches_by_length(many(103), 10, torch.Generator().manual_seed(0))
    assert sorted(torch.cat(batches).tolist()) == list(range(103))
    assert sorted(map(len, batches)) == [3, *[10] * 10]


def test_pairs_of_a_batch_are_of_like_length_and_the_batches_come_in_no_order_of_length():
    data = many(400)
    longer = torch.maximum(*data.lengths())
    batches = batches_by_length(data, 20, torch.Generator().manual_seed(0))
    assert sum(int(longer[batch].max() - longer[batch].min()) for batch in batches) <= 8 - 1, "each step up once"
    first = [int(longer[batch[0]]) for batch in batches]
    assert first != sorted(first)
    assert first != sorted(first, reverse=True)


def test_the_generator_alone_decides_the_batches():
    data = many(100)
    once, again, other = (
        torch.cat(batches_by_length(data, 8, torch.Generator().manual_seed(seed))).tolist() for seed in (5, 5, 6)
    )
    assert once == again
    assert once != other
    generator = torch.Generator().manual_seed(5)
    epochs = [torch.cat(batches_by_length(data, 8, generator)).tolist() for _ in range(2)]
    assert epochs[0] == once
    assert epochs[0] != epochs[1], "the next epoch is shuffled anew"


def test_the_facts_tell_what_a_run_keeps():
    data = TranslationDataset(
        "mine", "a test", "sha256:0", False, "en-de", SOURCE, TARGET,
        pairs(["a"], ["x"]), pairs([], []), pairs(["b", "c"], ["y", "z"]),
    )  # fmt: skip
    assert data.facts() == {
        "name": "mine",
        "source": "a test",
        "checksum": "sha256:0",
        "comparable": False,
        "direction": "en-de",
        "examples": {"train": 1, "held_out": 2},
        "vocabulary": {"source": 8, "target": 7},
    }
