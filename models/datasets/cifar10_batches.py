"""The official form of CIFAR-10: Python pickles of 10,000 images each, known by their checksums."""

import hashlib
import io
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np

CLASS_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
TEST_BATCH = "test_batch"
# As the data set's own page and torchvision list them.
OFFICIAL_MD5 = {
    "data_batch_1": "c99cafc152244af753f735de768cd75f",
    "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
    "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
    "data_batch_4": "634d18415352ddfa80567beed471001a",
    "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
    TEST_BATCH: "40351d587109b95175f43aff81a1287e",
}
LARGEST_BATCH = 64 << 20  # bytes; an official one has 31 million

# A pickle is a program. These are the only names that a pickled array needs; any other is refused.
_ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
}


class NotABatch(ValueError):
    """The bytes are not an official batch; the message says why."""


class _ArraysOnly(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        if (module_name, global_name) not in _ALLOWED:
            raise NotABatch(f"it asks for {module_name}.{global_name}, which no image needs")
        # The official files were written by a NumPy whose inner modules had other names.
        return super().find_class(module_name.replace("numpy.core", "numpy._core"), global_name)


def read_batch(name: str, content: bytes, md5: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Images (N, 3, 32, 32) and labels (N,), both uint8; `NotABatch` unless the checksum is the known one."""
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found != md5[name]:
        raise NotABatch(f"the MD5 of {name} is {found}, and the official one is {md5[name]}")
    try:
        batch = _ArraysOnly(io.BytesIO(content), encoding="bytes").load()
        pixels, labels = batch[b"data"], np.asarray(batch[b"labels"])
    except NotABatch:
        raise
    except Exception as error:  # a pickle can fail in any way at all
        raise NotABatch(f"{name} cannot be read: {type(error).__name__}: {error}") from error
    return _checked(name, pixels, labels)


def _checked(name: str, pixels: Any, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    is_pixels = isinstance(pixels, np.ndarray) and pixels.dtype == np.uint8 and pixels.shape[1:] == (3072,)
    if not is_pixels or labels.shape != (len(pixels),) or labels.dtype.kind not in "iu":
        raise NotABatch(f"{name} does not hold rows of 3,072 bytes with a label each")
    if labels.size and not 0 <= labels.min() <= labels.max() < len(CLASS_NAMES):
        raise NotABatch(f"{name} has labels outside 0..9")
    return pixels.reshape(-1, 3, 32, 32), labels.astype(np.uint8)  # (N, 3, 32, 32), (N,)
