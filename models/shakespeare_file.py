"""Tiny Shakespeare as one file: where it lies, whether it is the canonical one, and how it comes in. Needs no torch."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from models.atomic_file import replace_file
from models.data_store import (
    DataDamaged,
    DataEntry,
    DataError,
    DataMissing,
    DataStore,
    NoSuchData,
    Progress,
    sha256_of,
)

URL = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
FEWEST, LARGEST = 100_000, 100_000_000
SHARE = 0.9
ADVICE = (
    "get it with `phase3-tutor data get shakespeare`, or take a file that you have: "
    "`phase3-tutor data import shakespeare PATH`"
)
_OTHER = f"import another one: {ADVICE}"


def place_of(store: DataStore) -> Path:
    """Where an imported text lies; a tinyshakespeare.txt in the folder of data sets is taken as it is."""
    imported, beside = store.folder / "shakespeare" / "input.txt", store.folder / "tinyshakespeare.txt"
    return beside if beside.is_file() and not imported.is_file() else imported


def read_shakespeare(store: DataStore) -> tuple[str, str]:
    """The first nine tenths to train on, the last one held out."""
    path = place_of(store)
    if not path.is_file():
        raise DataMissing("shakespeare is not on this machine.", str(path), ADVICE)
    text = _text_of(_content(path), path)
    size = int(SHARE * len(text))
    return text[:size], text[size:]


def import_shakespeare(path: Path, store: DataStore) -> Iterator[Progress]:
    """Take a copy of one text file, whole or not at all; the one before it is replaced."""
    path = Path(path).expanduser()
    if not path.is_file():
        raise NoSuchData("There is no text file to import.", str(path), "name one text file")
    yield Progress("reading", 0, 2)
    content = _content(path)
    _text_of(content, path)
    target = store.folder / "shakespeare" / "input.txt"
    record = target.with_name("dataset.json")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        record.unlink(missing_ok=True)  # cut off here, no record is left that belongs to another text
        replace_file(target, content)
        facts = {"checksum": f"sha256:{hashlib.sha256(content).hexdigest()}", "from": path.name}
        replace_file(record, f"{json.dumps(facts, indent=2)}\n".encode())
    except OSError as error:
        thing = f"The text could not be saved: {error.strerror or error}."
        raise DataError(thing, str(target), "make room there or make it writable, then import again") from error
    yield Progress("imported", 2, 2)


def verify_shakespeare(store: DataStore) -> Iterator[Progress]:
    """Compare the text with what was imported, or where it was only laid there with the canonical file."""
    path = place_of(store)
    yield Progress(f"reading {path.name}", 0, 1)
    record = path.with_name("dataset.json") if path.parent.name == "shakespeare" else None
    if record and record.is_file():
        expected, wanted = _recorded(record), "as it was when it was imported"
    else:
        expected, wanted = f"sha256:{SHA256}", "the canonical tiny Shakespeare"
    if f"sha256:{sha256_of(path)}" != expected:
        raise DataDamaged(f"{path.name} is not {wanted}.", str(path), f"import it again: {ADVICE}")
    yield Progress("verified", 1, 1)


def shakespeare_entry(store: DataStore) -> DataEntry:
    """What `data list` says of it."""
    path = place_of(store)
    if not path.is_file():
        return DataEntry("shakespeare", present=False, next_step=ADVICE, place=str(path))
    try:
        checksum = sha256_of(path)
    except OSError as error:
        thing = f"{path.name} cannot be read: {error.strerror}."
        return DataEntry("shakespeare", False, source=thing, next_step=ADVICE, place=str(path))
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


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise DataDamaged(f"{path.name} is larger than {LARGEST // 10**6} MB.", str(path), _OTHER)
        return path.read_bytes()
    except OSError as error:
        raise DataDamaged(f"{path.name} cannot be read: {error.strerror}.", str(path), _OTHER) from error


def _text_of(content: bytes, path: Path) -> str:
    """The file's text, if it can be one to learn from; a byte-order mark is no character of it."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        thing = f"{path.name} is no UTF-8 text: byte {error.start} cannot be read."
        raise DataDamaged(thing, str(path), _OTHER) from error
    if len(text) < FEWEST:
        thing = f"{path.name} has {len(text):,} characters; a model needs {FEWEST:,} at least."
        raise DataDamaged(thing, str(path), _OTHER)
    return text


def _recorded(record: Path) -> str:
    try:
        return str(json.loads(record.read_text(encoding="utf-8"))["checksum"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        thing = f"dataset.json does not tell what was imported: {error}."
        raise DataDamaged(thing, str(record), f"import the text again: {ADVICE}") from error
