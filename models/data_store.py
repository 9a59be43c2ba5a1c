"""Where data sets lie on this machine, and what is there."""

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

CIFAR10_ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")
CIFAR10_ADVICE = (
    "get it with `phase3-tutor data get cifar10`, or take a copy that you have: `phase3-tutor data import cifar10 PATH`"
)
_PIECE = 1 << 20


class DataError(Exception):
    """Something is wrong with a data set; the three fields are what a person needs to go on."""

    def __init__(self, thing: str, place: str, next_step: str) -> None:
        super().__init__(thing, place, next_step)
        self.thing, self.place, self.next_step = thing, place, next_step

    def __str__(self) -> str:
        return f"{self.thing}\n  where: {self.place}\n  next:  {self.next_step}"


class DataMissing(DataError):
    """The data set is not on this machine."""

    exit_code = 3  # nobody did anything wrong: it cannot be done here


class NoSuchData(DataMissing):
    """The course knows no data set of that name, or what was named holds none."""

    exit_code = 2


class DataDamaged(DataError):
    """A file of the data set, or what it is imported from, is not what it should be."""


@dataclass(frozen=True)
class DataEntry:
    """One data set that the course knows, and whether it is here."""

    name: str
    present: bool
    source: str = ""
    checksum: str = ""
    examples: Mapping[str, int] = field(default_factory=dict)  # {"train": 50000, "held_out": 10000}
    size_bytes: int = 0
    comparable: bool = False  # whether an accuracy on it may be held against the paper's
    next_step: str = ""  # how to get it, where it is missing
    place: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a download or an import has come."""

    doing: str
    done: int
    total: int  # 0 where it is not known


class DataStore:
    """The folder of data sets: PHASE3_DATA where that is set, else the user's cache folder."""

    def __init__(self, folder: Path | None = None) -> None:
        chosen = os.environ.get("PHASE3_DATA") or platformdirs.user_cache_dir("phase3-tutor")
        self.folder = Path(folder or chosen).expanduser()
        # PHASE3_DATA may be a folder that others share: what we compute from it lies in the user's own cache.
        self.derived = Path(folder or platformdirs.user_cache_dir("phase3-tutor")).expanduser() / "derived"

    @property
    def cifar10(self) -> Path:
        """The folder of the imported CIFAR-10: four .npy files and dataset.json."""
        return self.folder / "cifar10"

    def entries(self) -> list[DataEntry]:
        """Every data set of the course, here or not."""
        from models.multi30k_file import multi30k_entry  # these take their words from here
        from models.number_pairs import number_words_entry
        from models.play_files import plays_entry
        from models.shakespeare_file import shakespeare_entry

        images, texts = [_digits(), self._cifar10_entry()], [plays_entry(), shakespeare_entry(self)]
        return [*images, *texts, number_words_entry(), multi30k_entry(self)]

    def require(self, name: str) -> DataEntry:
        """The data set of this name, or `DataMissing` with the command that gets it, `DataDamaged` or `NoSuchData`."""
        entries = {entry.name: entry for entry in self.entries()}
        if name not in entries:
            thing = f'No data set is called "{name}".'
            raise NoSuchData(thing, str(self.folder), f"use one of: {', '.join(entries)}")
        if not entries[name].present:
            place, next_step = entries[name].place, entries[name].next_step
            if entries[name].source:  # what is wrong with what lies there
                raise DataDamaged(entries[name].source, place, next_step)
            raise DataMissing(f"{name} is not on this machine.", place, next_step)
        return entries[name]

    def verify(self, name: str) -> Iterator[Progress]:
        """Read every file of a data set again; a byte that differs from what was recorded is `DataDamaged`."""
        from models.multi30k_file import verify_multi30k
        from models.number_pairs import verify_number_words
        from models.play_files import verify_plays
        from models.shakespeare_file import verify_shakespeare

        self.require(name)
        if name == "plays":
            yield from verify_plays()
        elif name == "number-words":
            yield from verify_number_words()
        elif name == "multi30k":
            yield from verify_multi30k(self)
        elif name == "shakespeare":
            yield from verify_shakespeare(self)
        elif name == "cifar10":
            yield from self._verify_cifar10()

    def _verify_cifar10(self) -> Iterator[Progress]:
        files = self.facts()["files"]
        for done, (file, checksum) in enumerate(sorted(files.items())):
            yield Progress(f"reading {file}", done, len(files))
            if sha256_of(self.cifar10 / file) != checksum:
                raise damaged_copy(f"{file} is not as it was when it was imported.", self.cifar10 / file)
        yield Progress("verified", len(files), len(files))

    def facts(self) -> dict[str, Any]:
        """What dataset.json of the imported CIFAR-10 says."""
        path = self.cifar10 / "dataset.json"
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            wanted = ("source", "checksum", "comparable", "examples", "class_names", "files")
            missing = [key for key in wanted if key not in facts]
        except (OSError, ValueError, TypeError) as error:
            raise damaged_copy(f"dataset.json cannot be read: {error}.", path) from error
        if missing:
            raise damaged_copy(f'dataset.json lacks "{missing[0]}".', path)
        return facts

    def _cifar10_entry(self) -> DataEntry:
        place = str(self.cifar10)
        paths = [self.cifar10 / f"{name}.npy" for name in CIFAR10_ARRAYS]
        if not all(path.is_file() for path in [*paths, self.cifar10 / "dataset.json"]):
            return DataEntry("cifar10", present=False, next_step=CIFAR10_ADVICE, place=place)
        try:
            facts = self.facts()
        except DataDamaged as error:
            return DataEntry("cifar10", False, source=error.thing, next_step=error.next_step, place=place)
        return DataEntry(
            name="cifar10",
            present=True,
            source=str(facts["source"]),
            checksum=str(facts["checksum"]),
            examples=dict(facts["examples"]),
            size_bytes=sum(path.stat().st_size for path in paths),
            comparable=bool(facts["comparable"]),
            place=place,
        )


def digits_file() -> Path | None:
    """scikit-learn's file of 1,797 handwritten digits, found without importing scikit-learn."""
    package = importlib.util.find_spec("sklearn")
    if package is None or not package.submodule_search_locations:
        return None
    path = Path(package.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz"
    return path if path.is_file() else None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def damaged_copy(thing: str, path: Path) -> DataDamaged:
    """The imported CIFAR-10 cannot be used; importing it again replaces it whole."""
    return DataDamaged(thing, str(path), f"import it again: {CIFAR10_ADVICE}")


def _digits() -> DataEntry:
    path = digits_file()
    if path is None:
        advice = "install it with `pip install scikit-learn`"
        return DataEntry("digits", present=False, next_step=advice, place="the scikit-learn package")
    return DataEntry(
        name="digits",
        present=True,
        source="scikit-learn's handwritten digits, 8x8, enlarged to 32x32",
        checksum=f"sha256:{sha256_of(path)}",
        examples={"train": 1442, "held_out": 355},
        size_bytes=path.stat().st_size,
        place=str(path),
    )
