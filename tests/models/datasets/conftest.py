"""Small CIFAR-10s in each of the forms in which people hold it."""

import hashlib
import io
import pickle
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from models.data_store import DataStore, Progress
from models.datasets.cifar10_batches import CLASS_NAMES, OFFICIAL_MD5
from models.datasets.cifar10_import import import_cifar10

SMALL = {"train": 3, "test": 1}  # images per class


@pytest.fixture
def store(tmp_path: Path) -> DataStore:
    return DataStore(tmp_path / "data")


@pytest.fixture
def import_small(store: DataStore) -> Callable[..., list[Progress]]:
    """Import a small CIFAR-10 and return what was reported on the way."""

    def run(source: Path, md5: Mapping[str, str] = OFFICIAL_MD5) -> list[Progress]:
        return list(import_cifar10(source, store, md5, SMALL))

    return run


@pytest.fixture
def batches() -> dict[str, bytes]:
    """Official-looking batches of 20 images each, by name."""
    random = np.random.default_rng(0)
    return {
        name: pickle.dumps(
            {
                b"data": random.integers(0, 256, (20, 3072), dtype=np.uint8),
                b"labels": [int(label) for label in random.integers(0, 10, 20)],
            },
            protocol=4,
        )
        for name in OFFICIAL_MD5
    }


@pytest.fixture
def md5(batches: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.md5(content).hexdigest() for name, content in batches.items()}


@pytest.fixture
def images() -> dict[str, bytes]:
    """Four JPEGs a class, by their path; the first pixel tells class and number."""
    return dict(_images())


def _images() -> Iterator[tuple[str, bytes]]:
    for split, count in SMALL.items():
        for label, name in enumerate(CLASS_NAMES):
            for number in range(count):
                file = io.BytesIO()
                Image.new("RGB", (32, 32), (20 * label, 60 * number, 0)).save(file, "PNG")
                yield f"{split}/{name}/{number:04d}.png", file.getvalue()


@pytest.fixture
def make_tar(tmp_path: Path) -> Callable[..., Path]:
    """A tar of these files, compressed as its name says."""

    def make(name: str, files: Mapping[str, bytes], mode: Any = "w:gz") -> Path:
        path = tmp_path / name
        with tarfile.open(path, mode) as archive:
            for file, content in files.items():
                info = tarfile.TarInfo(file)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        return path

    return make


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, files: Mapping[str, bytes]) -> Path:
        for file, content in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path / name

    return make
