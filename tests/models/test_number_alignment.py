"""Which English word each piece of a German or French number renders."""

import random

import pytest
from num2words import num2words

from models import number_alignment
from models.data_store import DataError
from models.datasets.vocabulary import split_words
from models.number_alignment import aligned_pieces, aligned_words
from models.number_text import LIMIT, number_text


def told(number, language):
    """The pieces with the English words themselves: [("zwei", "two"), ("und", ""), ("neunzig", "ninety")]."""
    words = split_words(number_text(number, "en"))
    return [(text, " ".join(words[place] for place in sorted(of))) for text, of in aligned_pieces(number, language)]


def some_numbers():
    draws = random.Random(8)
    small, round_ones = range(1100), [1000 * draws.randrange(1, 1000) + draws.randrange(30) for _ in range(300)]
    return [*small, *range(1000, LIMIT, 1000), *round_ones, *(draws.randrange(LIMIT) for _ in range(1500))]


def test_german_turns_units_and_tens_around():
    assert told(92, "de") == [("zwei", "two"), ("und", ""), ("neunzig", "ninety")]
    assert told(21_101, "de") == [
        ("ein", "one"), ("und", ""), ("zwanzig", "twenty"), ("tausend", "thousand"),
        ("ein", "one"), ("hundert", "hundred"), ("eins", "one"),
    ]  # fmt: skip
    assert told(13, "de") == [("dreizehn", "thirteen")]


def test_french_counts_on_from_sixty_and_eighty_and_says_no_one_before_hundred_and_thousand():
    assert told(92, "fr") == [("quatre-vingt", "ninety two"), ("-", ""), ("douze", "ninety two")]
    assert told(71, "fr") == [("soixante", "seventy one"), (" et ", ""), ("onze", "seventy one")]
    assert told(85, "fr") == [("quatre-vingt", "eighty"), ("-", ""), ("cinq", "five")]
    assert told(1100, "fr") == [("mille", "one thousand"), (" ", ""), ("cent", "one hundred")]
    assert told(280, "fr") == [("deux", "two"), (" ", ""), ("cent", "hundred"), (" ", ""), ("quatre-vingts", "eighty")]


def test_equal_words_are_told_apart_by_their_places():
    (text, first), *_, (_, last) = aligned_pieces(222_222, "de")
    words = split_words(number_text(222_222, "en"))
    assert (text, first, words.index("two")) == ("zwei", frozenset({0}), 0)
    assert last == frozenset({len(words) - 2})


def test_there_is_a_set_for_every_character():
    assert aligned_words(92, "de") == [frozenset({1})] * 4 + [frozenset()] * 3 + [frozenset({0})] * 7


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_pieces_spell_the_number_and_every_english_word_but_and_is_rendered(language):
    for number in some_numbers():
        words = split_words(num2words(number))
        pieces = aligned_pieces(number, language)
        assert "".join(piece.text for piece in pieces) == num2words(number, lang=language)
        rendered = frozenset[int]().union(*(piece.renders for piece in pieces))
        assert rendered == {place for place, word in enumerate(words) if word != "and"}, number


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_piece_of_one_word_is_that_word_rendered_by_itself(language):
    """What is aligned to "seven" is num2words's own sept or sieben; only the ending of a one or a plural differs."""
    numbers_of = {num2words(n): n for n in [*range(21), *range(30, 100, 10)]}
    for number in some_numbers():
        words = split_words(num2words(number))
        for piece in aligned_pieces(number, language):
            if len(piece.renders) != 1:
                continue
            word = words[next(iter(piece.renders))]
            alone = {"hundred": {"de": "hundert", "fr": "cent"}, "thousand": {"de": "tausend", "fr": "mille"}}
            wanted = alone[word][language] if word in alone else num2words(numbers_of[word], lang=language)
            assert piece.text.rstrip("s") == wanted.rstrip("s"), (number, piece)


def test_pieces_that_do_not_spell_the_number_are_refused(monkeypatch):
    monkeypatch.setattr(number_alignment, "_german", lambda number: aligned_pieces(number + 1, "fr"))
    with pytest.raises(DataError, match="The pieces of 92 do not spell 'zweiundneunzig'"):
        aligned_words(92, "de")
