"""From text to token ids and back: whole words, or single characters. Needs no torch.

Four ids mean the same in every vocabulary: PAD fills rows up, BOS begins and EOS ends a sentence, UNK is a token that
was never seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

from models.data_store import DataError

PAD, BOS, EOS, UNK = 0, 1, 2, 3
SPECIALS = ("<pad>", "<bos>", "<eos>", "<unk>")
SHOWN_BLANK = "_"


class UnknownToken(DataError):
    """A text has a word or a character that the vocabulary does not have."""

    exit_code = 2


@runtime_checkable
class Vocabulary(Protocol):
    """What is between text and ids, whatever a token is."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every token at the place of its id; the first four are SPECIALS."""
        ...

    def encode(self, text: str) -> list[int]:
        """The ids of a text, without BOS and EOS."""
        ...

    def decode(self, ids: Iterable[int]) -> str:
        """The text of these ids: up to the first EOS, without PAD and BOS."""
        ...

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """What a picture writes beside each of these ids, EOS and PAD included: never empty, no blank in it."""
        ...


@dataclass(frozen=True)
class WordVocabulary:
    """A token is a word in small letters; blanks, hyphens and commas stand between words and are none themselves.

    So "Ninety-two", "ninety two" and "ninety-two," are the same two tokens, and "and" is one like any other.
    """

    tokens: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "WordVocabulary":
        """Every word of the texts, in the order of the alphabet."""
        return cls((*SPECIALS, *sorted({word for text in texts for word in split_words(text)})))

    def encode(self, text: str) -> list[int]:
        """A word that is not among the tokens is UnknownToken."""
        return [_place(self._places, word, "word") for word in split_words(text)]

    def decode(self, ids: Iterable[int]) -> str:
        """The words with blanks between them."""
        return " ".join(self.tokens[place] for place in spoken(ids))

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """The words themselves."""
        return [self.tokens[place] for place in ids]

    @cached_property
    def _places(self) -> dict[str, int]:
        return places_of(self.tokens)


@dataclass(frozen=True)
class CharacterVocabulary:
    """A token is a character; capitals and small letters differ."""

    tokens: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "CharacterVocabulary":
        """Every character of the texts, in the order of their code points."""
        return cls((*SPECIALS, *sorted({character for text in texts for character in text})))

    def encode(self, text: str) -> list[int]:
        """A character that is not among the tokens is UnknownToken."""
        return [_place(self._places, character, "character") for character in text]

    def decode(self, ids: Iterable[int]) -> str:
        """The characters side by side."""
        return "".join(self.tokens[place] for place in spoken(ids))

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """The characters themselves, a blank as "_"."""
        return [SHOWN_BLANK if self.tokens[place].isspace() else self.tokens[place] for place in ids]

    @cached_property
    def _places(self) -> dict[str, int]:
        return places_of(self.tokens)


def split_words(text: str) -> list[str]:
    """The words of a text as WordVocabulary takes them."""
    return text.lower().replace("-", " ").replace(",", " ").split()


def spoken(ids: Iterable[int]) -> Iterator[int]:
    """The ids that stand for text: up to the first EOS, without PAD and BOS."""
    for place in ids:
        if place == EOS:
            return
        if place not in (PAD, BOS):
            yield place


def places_of(tokens: tuple[str, ...]) -> dict[str, int]:
    """The id of each token; a special one is no text, so that "<eos>" in a text is not EOS."""
    return {token: place for place, token in enumerate(tokens) if place >= len(SPECIALS)}


def _place(places: dict[str, int], token: str, noun: str) -> int:
    if token not in places:
        known = " ".join(places) if noun == "word" else "".join(sorted(places)).strip()
        thing = f"The {noun} {token!r} does not occur in what the model was trained on."
        raise UnknownToken(thing, "the text", f"use these: {known}")
    return places[token]
