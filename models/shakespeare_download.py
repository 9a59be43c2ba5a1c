"""Fetches tiny Shakespeare from where it is kept, and goes on where an earlier try was cut off."""

from collections.abc import Iterator

from models.data_store import DataStore, Progress
from models.datasets.cifar10_import import check_space
from models.datasets.resumed_download import Wanted, download
from models.shakespeare_file import SHA256, URL, import_shakespeare

_BYTES = 1_115_394
_ELSEWHERE = "fetch it on a machine with a network, then: phase3-tutor data import shakespeare input.txt"


def get_shakespeare(store: DataStore, url: str = URL, checksum: str = SHA256) -> Iterator[Progress]:
    """Download, check and import; what was downloaded is removed once the text is in place."""
    check_space(store.folder, 3 * _BYTES, "the text and its copies")
    fetched = store.folder / "tinyshakespeare.download"
    wanted = Wanted("tiny Shakespeare", url, "sha256", checksum, _ELSEWHERE)
    yield from download(wanted, fetched)
    yield from import_shakespeare(fetched, store)
    fetched.unlink()
