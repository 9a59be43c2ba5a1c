"""Which numbers the translation of number words is learned from, and which it is judged by. Needs no torch."""

import hashlib
import importlib.util
import random
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from models.data_store import DataDamaged, DataEntry, Progress
from models.number_text import ADVICE, LANGUAGES, LIMIT, number_text

TRAIN, HELD_OUT = 20_000, 1000
ALWAYS_TRAINED = 100  # the numbers below are the words that all others are made of
_SEED = 17
_MADE_BY = ("base", "lang_EU", "lang_EN", "lang_DE", "lang_FR")  # modules of num2words
# Of the pairs as num2words 0.5.14 renders them, with which the bars of the course were measured.
MEASURED = {
    "de": "sha256:359b8fdb51883bee85f4da1f73a0863c33780b8b197cbfbb96b0d892431d3814",
    "fr": "sha256:c117773c6d95b2a4d578ace7faea6e96434d368fdb6ed07e0af97ed76336cfae",
}
TextPairs = list[tuple[str, str]]  # (English, German or French)


@cache
def split_numbers() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """20,000 numbers to train on and 1,000 others, the same for every run.

    All below 100 are trained on. Half of the rest is drawn log-uniformly, so that short numbers occur, half uniformly;
    the held-out ones are 1,000 of those, whatever their size.
    """
    draws = random.Random(_SEED)  # only .random() is promised to stay the same from one Python to the next
    numbers = dict.fromkeys(range(ALWAYS_TRAINED))
    while len(numbers) < (TRAIN + HELD_OUT) // 2:
        numbers.setdefault(int(LIMIT ** draws.random()))
    while len(numbers) < TRAIN + HELD_OUT:
        numbers.setdefault(int(LIMIT * draws.random()))
    drawn = sorted(list(numbers)[ALWAYS_TRAINED:], key=lambda _: draws.random())
    return (*range(ALWAYS_TRAINED), *drawn[HELD_OUT:]), tuple(drawn[:HELD_OUT])


def number_pairs(language: str) -> tuple[TextPairs, TextPairs]:
    """The pairs to train on and the held-out ones: English, and the same number in `language`."""
    train, held_out = ([(number_text(n, "en"), number_text(n, language)) for n in part] for part in split_numbers())
    return train, held_out


def pairs_checksum(parts: tuple[TextPairs, TextPairs]) -> str:
    """Of the texts of both parts, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update("".join(f"{source}\t{target}\n" for source, target in part).encode() + b"\n")
    return f"sha256:{digest.hexdigest()}"


def verify_number_words() -> Iterator[Progress]:
    """Render every pair again; where num2words writes one otherwise than when the bars were measured, say so."""
    for done, (language, checksum) in enumerate(MEASURED.items()):
        yield Progress(f"writing {LANGUAGES[language]}", done, len(MEASURED))
        if pairs_checksum(number_pairs(language)) != checksum:
            thing = f"num2words {version('num2words')} writes numbers in {LANGUAGES[language]} or English otherwise."
            raise DataDamaged(
                thing, "the num2words package", "install the measured one: `pip install num2words==0.5.14`"
            )
    yield Progress("verified", len(MEASURED), len(MEASURED))


def number_words_entry() -> DataEntry:
    """What `data list` says of them: found without importing num2words."""
    package = importlib.util.find_spec("num2words")
    folders = list(package.submodule_search_locations or []) if package else []
    files = [Path(folder, f"{name}.py") for folder in folders[:1] for name in _MADE_BY]
    if not files or not all(file.is_file() for file in files):
        return DataEntry("number-words", present=False, next_step=ADVICE, place="the num2words package")
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return DataEntry(
        name="number-words",
        present=True,
        source=f"numbers in English, German and French words, by num2words {version('num2words')}",
        checksum=f"sha256:{digest.hexdigest()}",
        examples={"train": TRAIN, "held_out": HELD_OUT},
        size_bytes=sum(file.stat().st_size for file in files),
        place=str(files[0].parent),
    )
