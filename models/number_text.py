"""Numbers below a million in words, as num2words has them: English, German, French. Needs no torch.

Known limits: what num2words says is what is learned, so 101,000 is "einhunderteinstausend" here.
"""

from functools import cache

from models.data_store import DataError, DataMissing

LIMIT = 1_000_000
LANGUAGES = {"en": "English", "de": "German", "fr": "French"}
ADVICE = "install it with `pip install num2words`"


def number_text(number: int, language: str) -> str:
    """The number in words, spelled with its hyphens, commas and blanks; `number` is at least 0 and below LIMIT.

    The thousands and what is left are each rendered once and joined: num2words takes 0.15 ms a number, and a data set
    has 21,000 of them in two languages. All three languages write nothing else between the two halves.
    """
    if not 0 <= number < LIMIT:
        thing = f"{number:,} is no number from 0 to {LIMIT - 1:,}."
        raise DataError(thing, "the number", f"choose one below {LIMIT:,}")
    rest = number % 1000
    if number < 1000 or not rest:
        return _rendered(number, language)
    between = {"en": " and " if rest < 100 else ", ", "de": "", "fr": " "}[language]
    return _rendered(number - rest, language) + between + _rendered(rest, language)


def number_of(text: str) -> int:
    """The number below LIMIT that is called so in English: the inverse of number_text(number, "en")."""
    words = text.lower().replace("-", " ").replace(",", " ").split()
    thousands, said, rest = " ".join(words).partition(" thousand")
    try:
        if not said:
            return _below_1000()[thousands]
        return 1000 * _below_1000()[thousands] + _below_1000()[rest.removeprefix(" and").strip() or "zero"]
    except KeyError:
        thing = f"{text!r} is no English number below {LIMIT:,}."
        raise DataError(thing, "the text", f"such as: {number_text(92, 'en')}") from None


@cache
def _below_1000() -> dict[str, int]:
    return {_rendered(number, "en").replace("-", " "): number for number in range(1000)}


@cache
def _rendered(number: int, language: str) -> str:
    try:
        from num2words import num2words  # 30 ms, and no verb of the app needs it
    except ImportError as error:
        raise DataMissing("The package num2words is not on this machine.", "number words", ADVICE) from error
    return num2words(number, lang=language)
