"""Takes CIFAR-10 in any of the forms in which people hold it, and keeps it as four arrays."""

import json
import os
import shutil
import tempfile
from collections.abc import Generator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from models.data_store import (
    CIFAR10_ARRAYS,
    DataDamaged,
    DataError,
    DataStore,
    NoSuchData,
    Progress,
    sha256_of,
)
from models.datasets.cifar10_batches import (
    CLASS_NAMES,
    LARGEST_BATCH,
    OFFICIAL_MD5,
    TEST_BATCH,
    NotABatch,
    read_batch,
)
from models.datasets.image_folders import (
    LARGEST_IMAGE,
    SPLITS,
    ImagesByClass,
    NotAnImage,
    is_image_of_a_class,
)
from models.datasets.members import Member, members_of

PER_CLASS = {"train": 5000, "test": 1000}
_FORMS = (
    "give cifar-10-python.tar.gz, the folder cifar-10-batches-py, "
    "or a folder or tar of train/<class>/ and test/<class>/"
)
_EVERY = 500  # images between two reports of progress


def import_cifar10(
    source: Path,
    store: DataStore,
    official_md5: Mapping[str, str] = OFFICIAL_MD5,
    per_class: Mapping[str, int] = PER_CLASS,
) -> Generator[Progress, None, None]:
    """Read all of `source`, then put it in place in one step; until then an earlier import stays as it is."""
    source = _found(Path(source).expanduser())
    images = len(CLASS_NAMES) * sum(per_class.values())
    check_space(store.folder, images * 3073, "the imported arrays")
    arrays, form = yield from _read(source, official_md5, per_class)
    yield Progress("saving", images, images)
    comparable = form == "official"
    words = "CIFAR-10, official batches" if comparable else "CIFAR-10, images by class (not the original pixels)"
    _put_in_place(arrays, {"source": f"{words}, from {source.name}", "comparable": comparable}, store)
    yield Progress("imported", images, images)


def check_space(folder: Path, needed: int, what: str) -> None:
    """Refuse before the work starts when the disk cannot hold its result."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        advice = "name a folder that you may write to: PHASE3_DATA=FOLDER"
        raise DataError(f"The data folder cannot be used: {error.strerror}.", str(folder), advice) from error
    if free < needed * 1.1:
        thing = f"{what[0].upper()}{what[1:]} need {needed / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free."
        raise DataError(thing, str(folder), "free some space, or name another folder: PHASE3_DATA=FOLDER")


def _found(source: Path) -> Path:
    """The file, or the folder in which the batches or the classes lie: at most one level further down."""
    if source.is_file():
        return source
    if not source.is_dir():
        raise NoSuchData("There is nothing to import.", str(source), _FORMS)
    for folder in [source, *sorted(entry for entry in source.iterdir() if entry.is_dir())]:
        if (folder / TEST_BATCH).is_file() or all((folder / split).is_dir() for split in SPLITS):
            return folder
    raise NoSuchData("This folder does not hold CIFAR-10.", str(source), _FORMS)


def _read(
    source: Path, official_md5: Mapping[str, str], per_class: Mapping[str, int]
) -> Generator[Progress, None, tuple[dict[str, np.ndarray], str]]:
    batches: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    images = ImagesByClass()
    expected = len(CLASS_NAMES) * sum(per_class.values())
    for member in members_of(source):
        if member.name.name in official_md5:
            batches[member.name.name] = _batch(member, source, official_md5)
            yield Progress(f"read {member.name.name}", len(batches), len(official_md5))
        elif is_image_of_a_class(member.name):
            _add_image(images, member, source)
            if len(images) % _EVERY == 0:
                yield Progress("reading images", len(images), expected)
    if batches:
        return _joined(batches, source, official_md5), "official"
    if not len(images):
        raise DataDamaged("Neither batches nor images by class are in it.", str(source), _FORMS)
    _check_complete(images, source, per_class)
    return images.arrays(), "images"


def _batch(member: Member, source: Path, md5: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
    try:
        if member.size > LARGEST_BATCH:
            raise NotABatch(f"{member.name.name} has {member.size} bytes, far more than an official one")
        return read_batch(member.name.name, member.read(), md5)
    except NotABatch as error:
        raise _refused(f"{member.name} is not an official batch: {error}.", source) from error


def _add_image(images: ImagesByClass, member: Member, source: Path) -> None:
    try:
        if member.size > LARGEST_IMAGE:
            raise NotAnImage(f"it has {member.size} bytes")
        images.add(member.name, member.read())
    except NotAnImage as error:
        raise _refused(f"{member.name} cannot be used as an image: {error}.", source) from error


def _joined(
    batches: Mapping[str, tuple[np.ndarray, np.ndarray]], source: Path, md5: Mapping[str, str]
) -> dict[str, np.ndarray]:
    missing = sorted(set(md5) - set(batches))
    if missing:
        raise _refused(f"{', '.join(missing)} is missing.", source)
    train = [batches[name] for name in sorted(batches) if name != TEST_BATCH]
    return {
        "train_images": np.concatenate([images for images, _ in train]),
        "train_labels": np.concatenate([labels for _, labels in train]),
        "test_images": batches[TEST_BATCH][0],
        "test_labels": batches[TEST_BATCH][1],
    }


def _check_complete(images: ImagesByClass, source: Path, per_class: Mapping[str, int]) -> None:
    counts = images.counts()
    for split in SPLITS:
        for label, name in enumerate(CLASS_NAMES):
            found = counts.get((split, label), 0)
            if found != per_class[split]:
                thing = f"{split}/{name} holds {found:,} images, and CIFAR-10 has {per_class[split]:,} there."
                raise _refused(thing, source)


def _refused(thing: str, source: Path) -> DataDamaged:
    return DataDamaged(thing, str(source), "download or copy it again; nothing was imported")


def _put_in_place(arrays: Mapping[str, np.ndarray], facts: dict[str, Any], store: DataStore) -> None:
    """Write into a folder beside, then rename: a half-made data set never carries the name of a whole one."""
    draft = Path(tempfile.mkdtemp(prefix=".importing-", dir=store.folder))
    try:
        new = draft / "new"
        new.mkdir()
        _write(arrays, facts, new)
        if store.cifar10.exists():
            os.replace(store.cifar10, draft / "old")
        os.replace(new, store.cifar10)
    except OSError as error:
        thing = f"The imported arrays could not be saved: {error.strerror or error}."
        raise DataError(thing, str(store.folder), "free some space there, then import again") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # what is left of it is of no use to anyone


def _write(arrays: Mapping[str, np.ndarray], facts: dict[str, Any], folder: Path) -> None:
    for name in CIFAR10_ARRAYS:
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, np.ascontiguousarray(arrays[name]))
            file.flush()
            os.fsync(file.fileno())
    files = {f"{name}.npy": sha256_of(folder / f"{name}.npy") for name in CIFAR10_ARRAYS}
    facts |= {
        "files": files,
        "checksum": f"sha256:{sha256(''.join(files.values()).encode()).hexdigest()}",
        "examples": {"train": len(arrays["train_labels"]), "held_out": len(arrays["test_labels"])},
        "class_names": list(CLASS_NAMES),
    }
    (folder / "dataset.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
