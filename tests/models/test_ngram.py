"""The yardstick: a distribution for every context, counts by hand, and a sample of it."""

import math
from random import Random

import pytest

from models.data_store import DataStore
from models.ngram import NGram
from models.play_files import read_plays
from models.presets import PRESETS
from models.shakespeare_file import read_shakespeare, shakespeare_entry

TEXT = "the cat sat on the mat, the rat sat on the hat. " * 3 + "a quiet end"


@pytest.mark.parametrize("context", [0, 1, 2, 3])
@pytest.mark.parametrize("before", ["the", "at ", "zzz", "q", ""])
def test_the_probabilities_of_every_context_sum_to_one_and_none_is_zero(context, before):
    found = NGram(TEXT, context).probabilities(before)
    assert math.isclose(sum(found.values()), 1.0, rel_tol=1e-12)
    assert min(found.values()) > 0.0


def test_one_probability_is_that_of_the_whole_distribution():
    model = NGram(TEXT)
    assert all(math.isclose(model.probability("the", c), p) for c, p in model.probabilities("the").items())


def test_counts_by_hand():
    model = NGram("aab", 1)  # pairs: aa, ab, each once: D1 = 2 / (2 + 0) = 1, so only the shorter context counts
    unigram = NGram("aab", 1).probabilities("")
    # a and b each follow one kind of context: continuation counts 1 and 1, D0 = 1, half of it by 1 / V
    assert unigram == pytest.approx({"a": 0.5, "b": 0.5})
    assert model.probabilities("a") == pytest.approx({"a": 0.5, "b": 0.5})


def test_discounts_and_continuations_by_hand():
    # after a: b, b, c. Of ab, ba (2 each) and ac (1): D1 = 1 / (1 + 2 x 2) = 0.2. Each symbol follows one kind of
    # symbol, so D0 = 1, and all that is left goes to 1 / V: 1/3 each.
    found = NGram("ababac", 1).probabilities("a")
    left = 0.2 * 2 / 3 * 1 / 3
    assert found == pytest.approx({"a": left, "b": 1.8 / 3 + left, "c": 0.8 / 3 + left})


@pytest.mark.slow
@pytest.mark.parametrize(("context", "nats"), [(3, 1.7290), (4, 1.5789), (5, 1.5580), (6, 1.5648)])
def test_how_far_n_grams_come_on_tiny_shakespeare(context, nats):
    store = DataStore()
    if not shakespeare_entry(store).comparable:
        pytest.skip("PHASE3_DATA holds no tiny Shakespeare")
    train, held_out = read_shakespeare(store)
    assert NGram(train, context).nats(held_out) == pytest.approx(nats, abs=5e-5)


def test_nats_are_the_mean_of_minus_ln_p_and_a_longer_memory_needs_fewer():
    model, text = NGram(TEXT, 2), TEXT[:60]
    by_hand = -sum(math.log(model.probability(text[i - 2 : i], text[i])) for i in range(2, 60)) / 58
    assert model.nats(text) == pytest.approx(by_hand)
    assert NGram(TEXT, 3).nats(text) < NGram(TEXT, 1).nats(text) < NGram(TEXT, 0).nats(text)


def test_a_symbol_that_was_never_seen_is_infinitely_surprising():
    assert NGram(TEXT, 1).nats("the Z") == math.inf


def test_a_sample_repeats_with_its_seed_and_holds_known_symbols_alone():
    model = NGram(TEXT)
    said = model.sample("the", 50, Random(1))
    assert len(said) == 50
    assert said == model.sample("the", 50, Random(1)) != model.sample("the", 50, Random(2))
    assert set(said) <= set(TEXT)


def test_the_bar_of_the_quick_preset_is_the_4_gram_of_the_same_plays():
    train, held_out = read_plays()
    assert NGram(train).nats(held_out) == pytest.approx(PRESETS["rnn"]["quick"].bar, abs=0.005)
