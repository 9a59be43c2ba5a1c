"""CIFAR-10 as images by class: train/<class>/NNNN.jpg and test/<class>/NNNN.jpg."""

import io
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

import numpy as np
from PIL import Image

from models.datasets.cifar10_batches import CLASS_NAMES

SPLITS = ("train", "test")
LARGEST_IMAGE = 1 << 20  # bytes; a 32x32 picture has a few thousand
_SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp", ".ppm", ".webp"}


class NotAnImage(ValueError):
    """This file cannot be one of CIFAR-10's images; the message says why."""


class ImagesByClass:
    """Collects images in any order and hands them out in one order: by class, then by name."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, int, str], np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._images)

    def add(self, name: PurePosixPath, content: bytes) -> None:
        """Decode one image; `NotAnImage` where the bytes or the class are not CIFAR-10's."""
        split, class_name, file = name.parts[-3:]
        if class_name not in CLASS_NAMES:
            raise NotAnImage(f'"{class_name}" is none of {", ".join(CLASS_NAMES)}')
        self._images[split, CLASS_NAMES.index(class_name), file] = decode(content)

    def counts(self) -> Mapping[tuple[str, int], int]:
        """How many images each (split, class number) has."""
        return Counter((split, label) for split, label, _ in self._images)

    def arrays(self) -> dict[str, np.ndarray]:
        """The four arrays; images (N, 3, 32, 32) and labels (N,), all uint8."""
        found: dict[str, np.ndarray] = {}
        for split in SPLITS:
            keys = sorted(key for key in self._images if key[0] == split)
            images = [self._images[key] for key in keys]
            found[f"{split}_images"] = np.stack(images) if images else np.empty((0, 3, 32, 32), np.uint8)
            found[f"{split}_labels"] = np.array([label for _, label, _ in keys], dtype=np.uint8)
        return found


def is_image_of_a_class(name: PurePosixPath) -> bool:
    """Whether the name ends in train|test / class / picture."""
    hidden = name.name.startswith(".")  # such as the ._0001.jpg that macOS puts into archives
    return len(name.parts) >= 3 and name.parts[-3] in SPLITS and name.suffix.lower() in _SUFFIXES and not hidden


def decode(content: bytes) -> np.ndarray:
    """The pixels of one 32x32 picture as (3, 32, 32), red, green, blue."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.size != (32, 32):  # known from the header, so a picture of a gigabyte is never decoded
                raise NotAnImage(f"it is {image.size[0]}x{image.size[1]}, not 32x32")
            pixels = np.asarray(image.convert("RGB"))  # (32, 32, 3)
    except NotAnImage:
        raise
    except Exception as error:  # a decoder given damaged bytes can fail in any way at all
        raise NotAnImage(str(error) or type(error).__name__) from error
    return pixels.transpose(2, 0, 1)  # (3, 32, 32)
