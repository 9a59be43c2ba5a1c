"""What can be told of made-up text without reading it."""

from dataclasses import replace
from random import Random

import pytest

from models.coherence import Coherence, Corpus, Windows, held_out_range, longest_copied, verdicts
from models.play_files import read_plays

SPEECH = "KING LEAR:\nBlow, winds, and crack your cheeks!\n\nFOOL:\nO nuncle, court holy-water in a dry house.\n\n"
CORPUS = Corpus(SPEECH * 4)


def test_text_of_the_corpus_itself_is_all_known_and_all_copied():
    found = CORPUS.measure(SPEECH * 2)
    assert (found.words, found.speakers, found.names) == (1.0, 1.0, 1.0)
    assert found.copied == len(SPEECH * 2)


def test_words_speakers_and_names_are_shares():
    text = "x\n\nKING LEAR:\nBlow glorp\n\nNobody At All:\nwinds\n\nno head here\n\nlast one cut"
    found = CORPUS.measure(text)
    assert found.speakers == pytest.approx(2 / 3)
    assert found.names == pytest.approx(1 / 2)
    assert found.words == pytest.approx(4 / 15), "king, lear, blow and winds of fifteen"


@pytest.mark.parametrize(
    ("text", "longest"), [("", 0), ("ZQX", 0), ("zz winds, zz", len(" winds, ")), ("crack your cheeks! Zounds", 18)]
)
def test_the_longest_copied_span_is_found(text, longest):
    assert longest_copied(text, Windows(SPEECH)) == longest


def test_the_longest_span_is_what_a_plain_search_finds():
    text = "your winds crack, and dry court cheeks holy-water in a wet house."
    plain = max(j - i for i in range(len(text)) for j in range(i, len(text) + 1) if text[i:j] in SPEECH)
    assert longest_copied(text, Windows(SPEECH)) == plain


@pytest.mark.parametrize("length", [63, 64, 65, 700, 3000])
def test_a_copied_span_is_found_whole_however_long_it_is(length):
    source = "".join(Random(0).choices("abcdefgh \n", k=20_000))
    text = "Z" * 50 + source[1234 : 1234 + length] + "Z" + source[9000:9040]
    assert longest_copied(text, Windows(source)) == length


def test_the_hash_of_a_piece_is_its_polynomial_wherever_it_stands():
    base, text = 6364136223846793005, "to be or not to be"
    found = Windows(text).hashes(5)
    assert found[0] == found[13], "to be, twice"
    assert len(set(found.tolist())) == len({text[i : i + 5] for i in range(14)})
    assert int(found[3]) == sum((ord(text[3 + j]) + 1) * base**j for j in range(5)) % 2**64
    assert [len(Windows(text).hashes(length)) for length in (1, 18, 19)] == [18, 1, 0]


def test_an_empty_text_measures_as_nothing():
    assert CORPUS.measure("") == Coherence(0.0, 0.0, 0.0, 0.0, 0)


def test_the_range_is_that_of_the_pieces():
    low, high = held_out_range(CORPUS, SPEECH * 8, len(SPEECH) * 2)
    assert (low.words, high.words) == (1.0, 1.0)
    assert low.copied <= high.copied


def test_the_range_holds_what_real_text_does_but_for_one_piece_in_so_many():
    train, held_out = read_plays()
    corpus, size = Corpus(train[:400_000]), 2000
    low, high = held_out_range(corpus, held_out[: 100 * size], size)
    fresh = [corpus.measure(held_out[start : start + size]) for start in range(100 * size, 200 * size, size)]
    outside = sum(not verdicts(each, Coherence(0, 0, 0, 0, 0), low, high)["line"] for each in fresh)
    assert outside <= 10, "two of a hundred are to be expected; with a range of eight pieces 13 of these lie outside"


def test_each_measure_has_its_own_verdict():
    low, high = Coherence(0.9, 1.0, 0.2, 30, 10), Coherence(0.95, 1.0, 0.8, 40, 20)
    ngram, good = Coherence(0.7, 0.8, 0.5, 35, 12), Coherence(0.92, 1.0, 0.6, 35, 18)
    assert all(verdicts(good, ngram, low, high).values())
    for name, bad in {"words": 0.89, "speakers": 0.99, "names": 0.1, "line": 41, "copied": 21}.items():
        told = verdicts(replace(good, **{name: bad}), ngram, low, high)
        assert [each for each, holds in told.items() if not holds] == [name]
