"""CIFAR-10 as it was imported: 50,000 training and 10,000 test images of 32x32 in ten classes."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.data_store import CIFAR10_ARRAYS, DataStore, damaged_copy
from models.datasets.images import ImageDataset


def load_cifar10(store: DataStore) -> ImageDataset:
    """The imported arrays; the test set is the held-out one, and it never picks the epoch."""
    entry = store.require("cifar10")
    facts = store.facts()
    arrays = {name: _load(store.cifar10 / f"{name}.npy") for name in CIFAR10_ARRAYS}
    for split in ("train", "test"):
        _check(arrays[f"{split}_images"], arrays[f"{split}_labels"], store.cifar10 / f"{split}_images.npy")
    return ImageDataset(
        name="cifar10",
        source=entry.source,
        checksum=entry.checksum,
        comparable=entry.comparable,
        class_names=tuple(facts["class_names"]),
        train_images=arrays["train_images"],
        train_labels=arrays["train_labels"].long(),
        held_out_images=arrays["test_images"],
        held_out_labels=arrays["test_labels"].long(),
        crop_padding=4,
        mirrors=True,
        black_border=False,
    )


def _load(path: Path) -> Tensor:
    try:
        return torch.from_numpy(np.load(path, allow_pickle=False))
    except (OSError, ValueError, EOFError, TypeError) as error:
        raise damaged_copy(f"{path.name} cannot be read: {error}.", path) from error


def _check(images: Tensor, labels: Tensor, path: Path) -> None:
    right = images.ndim == 4 and images.shape[1:] == (3, 32, 32) and images.dtype == torch.uint8
    if not right or labels.shape != images.shape[:1] or int(labels.max()) > 9:
        raise damaged_copy(f"{path.name} does not hold labelled 32x32 images.", path)
