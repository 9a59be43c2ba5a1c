"""Words and characters as ids, and back."""

import pytest

from models.datasets.vocabulary import BOS, EOS, PAD, UNK, CharacterVocabulary, UnknownToken, WordVocabulary

WORDS = WordVocabulary.of(["ninety-two", "one hundred and two"])
CHARACTERS = CharacterVocabulary.of(["cent un", "dix"])


def test_the_first_four_ids_are_the_same_in_every_vocabulary():
    for vocabulary in (WORDS, CHARACTERS):
        assert [vocabulary.tokens[place] for place in (PAD, BOS, EOS, UNK)] == ["<pad>", "<bos>", "<eos>", "<unk>"]
    assert WORDS.tokens[4:] == ("and", "hundred", "ninety", "one", "two")
    assert CHARACTERS.tokens[4:] == (" ", "c", "d", "e", "i", "n", "t", "u", "x")


@pytest.mark.parametrize("text", ["ninety-two", "Ninety two", "  ninety-two, "])
def test_hyphens_commas_blanks_and_capitals_make_no_difference_to_words(text):
    assert WORDS.encode(text) == [6, 8]


@pytest.mark.parametrize(("vocabulary", "text"), [(WORDS, "one hundred and two"), (CHARACTERS, "dix cent")])
def test_what_is_encoded_is_decoded_again_up_to_the_end(vocabulary, text):
    ids = vocabulary.encode(text)
    assert vocabulary.decode(ids) == text
    assert vocabulary.decode([BOS, *ids, EOS, *ids, PAD]) == text
    assert vocabulary.decode([]) == ""


def test_a_picture_sees_every_token_and_a_blank_as_a_line():
    assert CHARACTERS.pieces([BOS, *CHARACTERS.encode("t u"), EOS, PAD]) == ["<bos>", "t", "_", "u", "<eos>", "<pad>"]
    assert WORDS.pieces(WORDS.encode("ninety-two")) == ["ninety", "two"]


def test_a_word_or_character_that_was_never_seen_is_named_with_those_that_were():
    with pytest.raises(UnknownToken, match="The word 'three' does not occur") as refusal:
        WORDS.encode("ninety-three")
    assert refusal.value.next_step == "use these: and hundred ninety one two"
    assert refusal.value.exit_code == 2
    with pytest.raises(UnknownToken, match="The character 'q' does not occur"):
        CHARACTERS.encode("cinq")


def test_the_name_of_a_special_token_in_a_text_is_no_special_token():
    with pytest.raises(UnknownToken):
        WORDS.encode("<eos>")
