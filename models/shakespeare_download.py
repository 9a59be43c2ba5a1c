"""Fetches tiny Shakespeare from where it is kept, and goes on where an earlier try was cut off."""

from collections.abc import Iterator

from models.data_store import DataStore, Progress
from models.datasets.resumed_download import Wanted, download
from models.shakespeare_file import SHA256, URL, import_shakespeare

_ELSEWHERE = "fetch it on a machine with a network, then: phase3-tutor data import shakespeare input.txt"


def get_shakespeare(store: DataStore, url: str = URL, checksum: str = SHA256) -> Iterator[Progress]:
    """Download, check and import; what was downloaded is removed once the text is in place."""
    fetched = store.folder / "tinyshakespeare.download"
    store.folder.mkdir(parents=True, exist_ok=True)
    wanted = Wanted("tiny Shakespeare", url, "sha256", checksum, _ELSEWHERE)
    yield from download(wanted, fetched)
    yield from import_shakespeare(fetched, store)
    fetched.unlink()
