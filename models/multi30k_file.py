"""Multi30k as pairs of text files: where they lie, what is in them, whether they are the known ones. Needs no torch."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from models.data_store import DataDamaged, DataEntry, DataError, DataMissing, DataStore, NoSuchData, Progress

PARTS = {"train": "train", "validation": "val", "held_out": "test_2016_flickr"}  # what we call it: how its files begin
COUNTS = {"train": 29_000, "validation": 1014, "held_out": 1000}
LANGUAGES = {"en": "English", "de": "German", "fr": "French"}
DIRECTIONS = ("de-en", "en-de", "en-fr")
LARGEST = 200_000_000
# SHA-256 of the raw files of github.com/multi30k/dataset, task 1; outer blanks of a line do not count.
KNOWN = {
    "train.en": "460a15fbd157e34a7a9957ee388c1ca247fe47af3ef25fb50442af6c274e0fc6",
    "train.de": "67aa53ff412b6af1f47c604a623e112e2c28c61519aa7cf8a5348af21722b67a",
    "train.fr": "b47e97734763b5252a979d767955c270f2c93e9e79f8ef063f71088a26e3c5a9",
    "val.en": "1f2a23d992769b5b3d209b0a10dd0b77c08cceb1f20dfb97ed0aafa49d107227",
    "val.de": "660e09eb7e1da2f856ea13ee5ad3cf6d36b3d5b0b733c857e94c5747a3dfc660",
    "val.fr": "05f2ed05aa5bf06567b3d7ad3121f6346ebd909265383dc79dbe08ef707b7bc2",
    "test_2016_flickr.en": "399a4382932c1aadd3ceb9bef1008d388a64c76d4ae4e9d4728c6f4301cac182",
    "test_2016_flickr.de": "4be6b5b3236b79c25475c6bb829800a7ce559e9ba7a1f6c2394fe4d40be46d16",
    "test_2016_flickr.fr": "57a705a12ffb81f3da3539798bdaaaa8f2df5824de3a84e0f4ea378dab959b62",
}
ADVICE = (
    "fetch the raw files of task 1 from github.com/multi30k/dataset, then: `phase3-tutor data import multi30k FOLDER`"
)
Sides = dict[str, dict[str, list[str]]]  # part -> language -> its lines


def folder_of(store: DataStore) -> Path:
    """Where the files lie, imported or laid there by hand."""
    return store.folder / "multi30k"


def read_multi30k(store: DataStore, languages: tuple[str, str]) -> Sides:
    """Every part in both languages; line i of one translates line i of the other."""
    folder = folder_of(store)
    if not languages_in(folder):
        raise DataMissing("multi30k is not on this machine.", str(folder), ADVICE)
    missing = missing_files(folder, languages)
    if missing:
        thing = (
            f"multi30k is here without its {LANGUAGES[missing[0].rpartition('.')[2]]} side: {told(missing)} missing."
        )
        raise DataMissing(thing, str(folder), ADVICE)
    paths = {part: {language: found(folder, part, language) for language in languages} for part in PARTS}
    sides = {part: {language: lines_of(path) for language, path in of.items() if path} for part, of in paths.items()}
    refuse_unequal(sides, folder)
    return sides


def languages_of(direction: str) -> tuple[str, str]:
    """("de", "en") of "de-en"."""
    if direction not in DIRECTIONS:
        thing = f'Multi30k is not translated in the direction "{direction}".'
        raise NoSuchData(thing, "the direction", f"use one of: {', '.join(DIRECTIONS)}")
    source, target = direction.split("-")
    return source, target


def is_comparable(sides: Sides) -> bool:
    """Whether these are the known numbers of pairs, and the known raw sentences to be judged by.

    A copy that somebody has lower-cased or cut into tokens has the same counts, and another score.
    """
    counts = {part: len(next(iter(of.values()))) for part, of in sides.items()}
    held_out = {f"{PARTS['held_out']}.{language}": digest_of(lines) for language, lines in sides["held_out"].items()}
    return counts == COUNTS and all(KNOWN[name] == digest for name, digest in held_out.items())


def checksum_of(sides: Sides) -> str:
    """Of the lines of all parts and languages that are there."""
    digests = [f"{name} {digest}\n" for name, digest in digests_of(sides).items()]
    return f"sha256:{hashlib.sha256(''.join(digests).encode()).hexdigest()}"


def digests_of(sides: Sides) -> dict[str, str]:
    """SHA-256 of the lines of each file, by the file's name without .gz."""
    return {f"{PARTS[part]}.{side}": digest_of(lines) for part, of in sides.items() for side, lines in of.items()}


def digest_of(lines: list[str]) -> str:
    """SHA-256 of the lines, each with a line end."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages of which every part is there, if English and another one are; else none."""
    whole = tuple(language for language in LANGUAGES if not missing_files(folder, (language,)))
    return whole if "en" in whole and len(whole) > 1 else ()


def missing_files(folder: Path, languages: tuple[str, ...]) -> list[str]:
    """The files of these languages that are not in the folder, plain or gz."""
    return [f"{PARTS[part]}.{side}" for part in PARTS for side in languages if not found(folder, part, side)]


def found(folder: Path, part: str, language: str) -> Path | None:
    """The file of one part in one language, plain or gz."""
    names = (f"{PARTS[part]}.{language}", f"{PARTS[part]}.{language}.gz")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def lines_of(path: Path) -> list[str]:
    """The lines of a UTF-8 text, plain or gz, without blanks around them."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise damaged(f"{path.name} holds more than {LARGEST // 10**6} MB.", path)
        text = content.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(f"{path.name} cannot be read: {error}.", path) from error
    except UnicodeDecodeError as error:
        raise damaged(f"{path.name} is no UTF-8 text: byte {error.start} cannot be read.", path) from error
    # Not splitlines(): it also cuts at marks within a sentence, and the sides would part.
    return [line.strip() for line in text.removesuffix("\n").split("\n")] if text else []


def refuse_unequal(sides: Sides, place: Path) -> None:
    """Both sides of a part must have the same number of lines, one at least."""
    for part, of in sides.items():
        (first, lines), *others = of.items()
        if not lines:
            raise damaged(f"{PARTS[part]}.{first} is empty.", place)
        for language, other in others:
            if len(other) != len(lines):
                names = f"{PARTS[part]}.{first} has {len(lines):,} lines and {PARTS[part]}.{language} {len(other):,}"
                raise damaged(f"{names}, and line i of one must translate line i of the other.", place)


def damaged(thing: str, path: Path) -> DataDamaged:
    """A file cannot be used."""
    return DataDamaged(thing, str(path), f"copy it again: {ADVICE}")


def told(names: list[str]) -> str:
    """ "train.fr and val.fr are"."""
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"{listed} {'are' if len(names) > 1 else 'is'}"


def verify_multi30k(store: DataStore) -> Iterator[Progress]:
    """Compare every file with what was imported, or where they were only laid there with the known ones."""
    folder, sides = folder_of(store), {}
    for done, part in enumerate(PARTS):
        yield Progress(f"reading {PARTS[part]}", done, len(PARTS))
        sides[part] = {side: lines_of(path) for side in languages_in(folder) if (path := found(folder, part, side))}
    record = folder / "dataset.json"
    expected, wanted = (
        (_recorded(record), "as it was when it was imported") if record.is_file() else (KNOWN, "the known raw file")
    )
    for name, digest in digests_of(sides).items():
        if expected.get(name) != digest:
            raise damaged(f"{name} is not {wanted}.", folder)
    yield Progress("verified", len(PARTS), len(PARTS))


def multi30k_entry(store: DataStore) -> DataEntry:
    """What `data list` says of it."""
    folder = folder_of(store)
    here = languages_in(folder)
    if not here:
        return DataEntry("multi30k", present=False, next_step=ADVICE, place=str(folder))
    paths = {part: {language: found(folder, part, language) for language in here} for part in PARTS}
    try:
        sides = {part: {side: lines_of(path) for side, path in of.items() if path} for part, of in paths.items()}
        refuse_unequal(sides, folder)
        size = sum(path.stat().st_size for of in paths.values() for path in of.values() if path)
    except DataError as error:
        return DataEntry("multi30k", False, source=error.thing, next_step=error.next_step, place=str(folder))
    comparable, examples = is_comparable(sides), {part: len(of["en"]) for part, of in sides.items()}
    return DataEntry(
        name="multi30k",
        present=True,
        source=f"{source_text(here, comparable)}: {' / '.join(f'{count:,}' for count in examples.values())} pairs",
        checksum=checksum_of(sides),
        examples=examples,
        size_bytes=size,
        comparable=comparable,
        place=str(folder),
    )


def source_text(languages: tuple[str, ...], comparable: bool) -> str:
    """What it is, in words."""
    names = ", ".join(LANGUAGES[language] for language in languages)
    return f"Multi30k, {names}, the raw files" if comparable else f"pairs of your own, {names}, not the known Multi30k"


def _recorded(record: Path) -> Mapping[str, str]:
    try:
        files = json.loads(record.read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(f"dataset.json does not tell what was imported: {error}.", record) from error
