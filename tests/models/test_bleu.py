import math
import random
from typing import Any

import pytest
import sacrebleu

from models.bleu import corpus_bleu


def noisy(rng, tokens):
    """Words left out, put in, and said twice."""
    said = [token for token in tokens if rng.random() > 0.15]
    return [token for token in said for _ in range(1 + (rng.random() < 0.1))] + ["x"] * (rng.random() < 0.2)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_sacrebleu_s_on_tokens_without_smoothing(seed):
    rng = random.Random(seed)
    truths = [[rng.choice("abcde") for _ in range(rng.randint(3, 12))] for _ in range(9)]
    hypotheses = [noisy(rng, truth) for truth in truths] + [[], ["a"], ["b", "c", "d"]]
    truths += [["a", "b"], ["a"], ["b", "c", "d"]]
    references = [[noisy(rng, truth) or ["y"] for _ in range(rng.randint(1, 3))] for truth in truths]
    streams: Any = [
        [" ".join(each[i]) if i < len(each) else None for each in references] for i in range(max(map(len, references)))
    ]
    said = [" ".join(tokens) for tokens in hypotheses]
    theirs = sacrebleu.corpus_bleu(said, streams, smooth_method="none", tokenize="none", force=True).score
    assert corpus_bleu(hypotheses, references) == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def test_papineni_s_example_of_words_said_too_often():
    """Section 2.1: of seven times "the", two are in a reference; pairs of them are in none."""
    the = ["the"] * 7
    cat = ["the", "cat", "is", "on", "the", "mat"]
    assert corpus_bleu([the], [[cat]]) == 0.0
    ends = ["is", "on", "the", "mat"]
    # p: (2 + 3) of 11, 3 of 10, 2 of 9, 1 of 8; eleven tokens are more than six
    expected = 100 * (5 / 11 * 3 / 10 * 2 / 9 * 1 / 8) ** 0.25
    assert corpus_bleu([the + ends], [[cat]]) == pytest.approx(expected)


def test_a_sentence_of_half_the_length_keeps_1_e_th():
    reference = list("abcdefghij")
    assert corpus_bleu([reference[:5]], [[reference]]) == pytest.approx(100 * math.exp(1 - 10 / 5))
    assert corpus_bleu([reference], [[reference]]) == pytest.approx(100.0)


def test_of_two_references_as_near_the_shorter_counts():
    said = list("abcdefgh")
    assert corpus_bleu([said], [[said[:6], [*said, "x", "y"]]]) == pytest.approx(100.0)
    farther = [said[:5], [*said, "x", "y"]]
    assert corpus_bleu([said], [farther]) == pytest.approx(100 * math.exp(1 - 10 / 8))


def test_nothing_said_is_worth_nothing():
    assert corpus_bleu([], []) == 0.0
    assert corpus_bleu([[]], [[["a"]]]) == 0.0
    assert corpus_bleu([["a", "b", "c"]], [[["a", "b", "c"]]]) == 0.0  # no four words in a row


def test_lists_of_different_length_are_refused():
    with pytest.raises(ValueError, match="2 hypotheses"):
        corpus_bleu([["a"], ["b"]], [[["a"]]])
