"""Which English word each character of a German or French number renders: what cross attention is scored by.

From the grammar of the number words, piece by piece. The pieces of a number spell what num2words says, or it is
DataError. Needs no torch.
"""

from typing import NamedTuple

from models.data_store import DataError
from models.datasets.vocabulary import split_words
from models.number_text import number_text

_NOTHING: frozenset[int] = frozenset()


class Piece(NamedTuple):
    """A stretch of the rendered number, and the places of the English words that it renders, none or several."""

    text: str
    renders: frozenset[int]


class _Group(NamedTuple):
    """Where in the English number the words of one group of three digits stand; None for a word that is not there."""

    value: int
    digit: int | None  # "three" of "three hundred and twenty one"
    hundred: int | None
    ten: int | None  # "twenty"
    last: int | None  # "one"; also "twelve", which is one word for two digits


def aligned_words(number: int, language: str) -> list[frozenset[int]]:
    """For every character of the number in "de" or "fr": the places of the English words it renders.

    A place counts the words as WordVocabulary takes them, from 0. An empty set: the character renders no word, as
    "und", "et", a blank, a hyphen between words; the English "and" is rendered by none. Several: they are said
    together, as "ninety" and "two" in quatre-vingt-douze (80 and 12), "one" and "hundred" in cent.
    """
    return [piece.renders for piece in aligned_pieces(number, language) for _ in piece.text]


def aligned_pieces(number: int, language: str) -> list[Piece]:
    """The number in `language` as pieces in their order, each with the English words that it renders."""
    pieces = {"de": _german, "fr": _french}[language](number)
    text = number_text(number, language)
    if "".join(piece.text for piece in pieces) != text:
        thing = f"The pieces of {number:,} do not spell {text!r}, as the num2words on this machine does."
        raise DataError(thing, "the alignment of number words", "install `pip install num2words==0.5.14`")
    return pieces


def _groups(number: int) -> tuple[_Group | None, int, _Group | None]:
    """The group before "thousand", the place of "thousand", and the group behind it."""
    words = split_words(number_text(number, "en"))
    thousands, rest = divmod(number, 1000)
    place = words.index("thousand") if thousands else -1
    behind = place + 1 + (1 if thousands and 0 < rest < 100 else 0)  # "one thousand and one"
    return (
        _group(thousands, 0) if thousands else None,
        place,
        _group(rest, behind) if rest or not thousands else None,
    )


def _group(value: int, start: int) -> _Group:
    hundreds, below = divmod(value, 100)
    digit, hundred = (start, start + 1) if hundreds else (None, None)
    place = start + (3 if hundreds else 0)  # behind "and"
    if not below:
        return _Group(value, digit, hundred, None, None if value else start)
    if below > 20 and below % 10:
        return _Group(value, digit, hundred, place, place + 1)
    return _Group(value, digit, hundred, None, place)


def _german(number: int) -> list[Piece]:
    """Units before tens: zwei-und-neunzig. A one before hundert, tausend and und is "ein", at the end "eins"."""
    before, thousand, behind = _groups(number)
    pieces = []
    if before:
        pieces += [_said("ein", before.last)] if before.value == 1 else _german_group(before)
        pieces += [_said("tausend", thousand)]
    return pieces + (_german_group(behind) if behind else [])


def _german_group(group: _Group) -> list[Piece]:
    hundreds, below = divmod(group.value, 100)
    pieces = []
    if hundreds:
        pieces = [_said(_german_before(hundreds), group.digit), _said("hundert", group.hundred)]
    if group.ten is not None:
        unit = _german_before(below % 10)
        tens = number_text(below - below % 10, "de")
        return [*pieces, _said(unit, group.last), Piece("und", _NOTHING), _said(tens, group.ten)]
    return [*pieces, _said(number_text(below, "de"), group.last)] if below or not group.value else pieces


def _german_before(digit: int) -> str:
    """A digit as it stands before another word."""
    return "ein" if digit == 1 else number_text(digit, "de")


def _french(number: int) -> list[Piece]:
    """Digits in the English order; cent and mille have no "one" before them, and hundred is plural only at the end."""
    before, thousand, behind = _groups(number)
    pieces = []
    if before and before.value == 1:
        pieces = [_said("mille", before.last, thousand)]
    elif before:
        pieces = [*_french_group(before, ends=False), Piece(" ", _NOTHING), _said("mille", thousand)]
    if pieces and behind:
        pieces.append(Piece(" ", _NOTHING))
    return pieces + (_french_group(behind, ends=True) if behind else [])


def _french_group(group: _Group, ends: bool) -> list[Piece]:
    hundreds, below = divmod(group.value, 100)
    pieces = []
    if hundreds == 1:
        pieces = [_said("cent", group.digit, group.hundred)]
    elif hundreds:
        cents = "cents" if ends and not below else "cent"
        pieces = [_said(number_text(hundreds, "fr"), group.digit), Piece(" ", _NOTHING), _said(cents, group.hundred)]
    if pieces and below:
        pieces.append(Piece(" ", _NOTHING))
    return pieces + (_french_below_100(below, group, ends) if below or not group.value else [])


def _french_below_100(below: int, group: _Group, ends: bool) -> list[Piece]:
    """71 to 79 and 91 to 99 count on from sixty and eighty by teens: ten and unit are said together."""
    if group.ten is None:
        text = "quatre-vingt" if below == 80 and not ends else number_text(below, "fr")
        return [_said(text, group.last)]
    between = " et " if below in (21, 31, 41, 51, 61, 71) else "-"
    base = {7: 60, 9: 80}.get(below // 10, below - below % 10)
    tens = "quatre-vingt" if base == 80 else number_text(base, "fr")
    rest = number_text(below - base, "fr")
    if base != below - below % 10:
        return [_said(tens, group.ten, group.last), Piece(between, _NOTHING), _said(rest, group.ten, group.last)]
    return [_said(tens, group.ten), Piece(between, _NOTHING), _said(rest, group.last)]


def _said(text: str, *places: int | None) -> Piece:
    return Piece(text, frozenset(place for place in places if place is not None))
