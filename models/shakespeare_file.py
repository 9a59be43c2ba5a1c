"""Tiny Shakespeare as one file: where it lies, whether it is the canonical one, and how it comes in. Needs no torch."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from models.data_store import DataDamaged, DataEntry, DataError, DataMissing, DataStore, Progress, sha256_of

URL = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
FEWEST, LARGEST = 100_000, 100_000_000
SHARE = 0.9
ADVICE = (
    "get it with `phase3-tutor data get shakespeare`, or take a file that you have: "
    "`phase3-tutor data import shakespeare PATH`"
)


def place_of(store: DataStore) -> Path:
    """Where an imported text lies; a tinyshakespeare.txt in the folder of data sets is taken as it is."""
    imported, beside = store.folder / "shakespeare" / "input.txt", store.folder / "tinyshakespeare.txt"
    return beside if beside.is_file() and not imported.is_file() else imported


def read_shakespeare(store: DataStore) -> tuple[str, str]:
    """The first nine tenths to train on, the last one held out."""
    path = place_of(store)
    if not path.is_file():
        raise DataMissing("shakespeare is not on this machine.", str(path), ADVICE)
    text = _checked(path)
    size = int(SHARE * len(text))
    return text[:size], text[size:]


def import_shakespeare(path: Path, store: DataStore) -> Iterator[Progress]:
    """Take a copy of one text file, whole or not at all; the one before it is replaced."""
    if not path.is_file():
        raise DataError(f"There is no file at {path}.", str(path), "name one text file")
    yield Progress("reading", 0, 2)
    _checked(path)
    target = store.folder / "shakespeare" / "input.txt"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name("input.txt.part")
        shutil.copyfile(path, part)
        os.replace(part, target)
    except OSError as error:
        thing = f"The text could not be saved: {error.strerror or error}."
        raise DataError(thing, str(target), "make room there or make it writable, then import again") from error
    yield Progress("imported", 2, 2)


def shakespeare_entry(store: DataStore) -> DataEntry:
    """What `data list` says of it."""
    path = place_of(store)
    if not path.is_file():
        return DataEntry("shakespeare", present=False, next_step=ADVICE, place=str(path))
    checksum = sha256_of(path)
    canonical = checksum == SHA256
    return DataEntry(
        name="shakespeare",
        present=True,
        source="tiny Shakespeare, the canonical file" if canonical else "a text of your own, not tiny Shakespeare",
        checksum=f"sha256:{checksum}",
        size_bytes=path.stat().st_size,
        comparable=canonical,
        place=str(path),
    )


def _checked(path: Path) -> str:
    """The file's text, if it can be one to learn from."""
    again = f"import another one: {ADVICE}"
    if path.stat().st_size > LARGEST:
        raise DataDamaged(f"{path.name} is larger than {LARGEST // 10**6} MB.", str(path), again)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        thing = f"{path.name} is no UTF-8 text: byte {error.start} cannot be read."
        raise DataDamaged(thing, str(path), again) from error
    except OSError as error:
        raise DataDamaged(f"{path.name} cannot be read: {error.strerror}.", str(path), again) from error
    if len(text) < FEWEST:
        thing = f"{path.name} has {len(text):,} characters; a model needs {FEWEST:,} at least."
        raise DataDamaged(thing, str(path), again)
    return text
