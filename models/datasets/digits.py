"""1,797 real handwritten digits that come with scikit-learn: small, and there without a network."""

import gzip
import zlib

import numpy as np
import torch
from jaxtyping import Bool, Int
from torch import Tensor

from models.data_store import DataDamaged, DataMissing, DataStore, digits_file
from models.datasets.images import ImageDataset

SIZE = 32
_BRIGHTEST = 16.0


def load_digits(store: DataStore) -> ImageDataset:
    """The 8x8 images enlarged to 32x32 (bilinear), every fifth one of each class held out."""
    entry = store.require("digits")
    pixels, labels = _read()
    images = torch.nn.functional.interpolate(
        pixels.view(-1, 1, 8, 8) / _BRIGHTEST, size=(SIZE, SIZE), mode="bilinear", align_corners=False
    )  # (N, 1, 32, 32)
    held_out = every_fifth_of_each_class(labels)
    return ImageDataset(
        name="digits",
        source=entry.source,
        checksum=entry.checksum,
        comparable=False,
        class_names=tuple("0123456789"),
        train_images=images[~held_out],
        train_labels=labels[~held_out],
        held_out_images=images[held_out],
        held_out_labels=labels[held_out],
        crop_padding=2,
        mirrors=False,
        black_border=True,
    )


def every_fifth_of_each_class(labels: Int[Tensor, " N"]) -> Bool[Tensor, " N"]:
    """True for the 5th, 10th, 15th ... example of each class: a stratified split that needs no dice."""
    chosen = torch.zeros(len(labels), dtype=torch.bool)
    for label in labels.unique():
        of_class = (labels == label).nonzero()[:, 0]  # (n,)
        chosen[of_class[4::5]] = True
    return chosen


def _read() -> tuple[Tensor, Tensor]:
    path = digits_file()
    if path is None:
        raise DataMissing("digits went away while it was read.", "the scikit-learn package", "install it again")
    try:
        with gzip.open(path, "rt") as file:
            table = np.loadtxt(file, delimiter=",", dtype=np.int64)  # (N, 65)
        if table.ndim != 2 or table.shape[1] != 65:
            raise ValueError(f"a table of shape {table.shape} is not one of 64 pixels and a digit")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        advice = "install it again: `pip install --force-reinstall scikit-learn`"
        raise DataDamaged(f"scikit-learn's digits cannot be read: {error}.", str(path), advice) from error
    return torch.from_numpy(table[:, :64]).float(), torch.from_numpy(table[:, 64].copy())
