"""Takes Multi30k under the names that people have its files by, and keeps it as pairs of gz files. Needs no torch."""

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from models.data_store import DataError, DataStore, NoSuchData, Progress
from models.datasets.cifar10_import import check_space
from models.multi30k_file import (
    LANGUAGES,
    PARTS,
    Sides,
    checksum_of,
    damaged,
    digests_of,
    folder_of,
    is_comparable,
    lines_of,
    refuse_unequal,
    source_text,
    told,
)

# The raw files of 2016 first; then what WMT's archives, torchtext and the copies on the hubs call them.
_STEMS = {
    "train": ("train", "training"),
    "validation": ("val", "valid", "validation", "dev"),
    "held_out": ("test_2016_flickr", "test2016", "flickr2016", "test_2016", "test"),
}
_WITHIN = ("", "data/task1/raw", "task1/raw", "raw")  # as in a clone of the data set's repository
_FORMS = (
    "it needs train, val and test_2016_flickr, each as .en and as .de or .fr, plain or .gz; "
    "or train.jsonl, val.jsonl and test.jsonl with both languages in each line"
)


def import_multi30k(folder: Path, store: DataStore) -> Iterator[Progress]:
    """Take a copy of all languages that are whole in the folder, in one step; an earlier import stays until then."""
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise NoSuchData("There is no folder to import.", str(folder), f"name one: {_FORMS}")
    folder = next((folder / name for name in _WITHIN if _path(folder / name, "train", "en")), folder)
    languages = _whole(folder)
    sides: Sides = {}
    for done, part in enumerate(PARTS):
        yield Progress(f"reading {PARTS[part]}", done, len(PARTS))
        sides[part] = {language: _lines(folder, part, language) for language in languages}
    refuse_unequal(sides, folder)
    characters = sum(len(line) for of in sides.values() for lines in of.values() for line in lines)
    check_space(store.folder, 2 * characters, "the pairs and their copies")
    _put_in_place(sides, folder.name, store)
    yield Progress("imported", len(PARTS), len(PARTS))


def _whole(folder: Path) -> tuple[str, ...]:
    """English and what else has all three parts; a side that lacks one is as good as not there."""
    missing = {side: [part for part in PARTS if not _path(folder, part, side)] for side in LANGUAGES}
    others = [side for side in ("de", "fr") if not missing[side]]
    if missing["en"] or not others:
        wanted = "fr" if len(missing["fr"]) < len(missing["de"]) else "de"
        names = [f"{PARTS[part]}.{side}" for part in PARTS for side in ("en", wanted) if part in missing[side]]
        raise NoSuchData(f"This folder does not hold Multi30k: {told(names)} missing.", str(folder), _FORMS)
    return ("en", *others)


def _path(folder: Path, part: str, language: str) -> Path | None:
    """The file in which this part of this language is."""
    for stem in _STEMS[part]:
        for name in (f"{stem}.{language}", f"{stem}.{language}.gz"):
            if (folder / name).is_file():
                return folder / name
        rows = folder / f"{stem}.jsonl"
        if rows.is_file() and _has(rows, language):
            return rows
    return None


def _has(rows: Path, language: str) -> bool:
    """Whether the first line of a .jsonl has a sentence in this language."""
    try:
        with rows.open(encoding="utf-8", errors="replace") as file:
            return f'"{language}"' in file.readline()
    except OSError as error:
        raise damaged(f"{rows.name} cannot be read: {error}.", rows) from error


def _lines(folder: Path, part: str, language: str) -> list[str]:
    path = _path(folder, part, language)
    if path is None:
        raise damaged(f"{PARTS[part]}.{language} went away while it was read.", folder)
    lines = lines_of(path)
    if path.suffix != ".jsonl":
        return lines
    try:
        return [" ".join(json.loads(line)[language].splitlines()).strip() for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        thing = f'{path.name} is not one object a line with a "{language}" in each: {error}.'
        raise damaged(thing, path) from error


def _put_in_place(sides: Sides, came_from: str, store: DataStore) -> None:
    """Write into a folder beside, then rename: a half-made copy never carries the name of a whole one."""
    target = folder_of(store)
    draft = Path(tempfile.mkdtemp(prefix=".importing-", dir=store.folder))
    try:
        new = draft / "new"
        new.mkdir()
        for part, of in sides.items():
            for language, lines in of.items():
                text = "".join(f"{line}\n" for line in lines).encode()
                _write(new / f"{PARTS[part]}.{language}.gz", gzip.compress(text, mtime=0))
        facts = {
            "source": source_text(tuple(sides["train"]), is_comparable(sides)),
            "from": came_from,
            "checksum": checksum_of(sides),
            "files": digests_of(sides),
        }
        _write(new / "dataset.json", f"{json.dumps(facts, indent=2)}\n".encode())
        if target.exists():
            os.replace(target, draft / "old")
        os.replace(new, target)
    except OSError as error:
        thing = f"The pairs could not be saved: {error.strerror or error}."
        raise DataError(thing, str(store.folder), "make room there or make it writable, then import again") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # what is left of it is of no use to anyone


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
