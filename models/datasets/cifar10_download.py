"""Fetches the official CIFAR-10 archive."""

from collections.abc import Iterator

from models.data_store import DataStore, Progress
from models.datasets.cifar10_import import check_space, import_cifar10
from models.datasets.resumed_download import Wanted, download

URL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
ARCHIVE_MD5 = "c58f30108f718f92721af3b95e74349a"
ARCHIVE_BYTES = 170_498_071
ELSEWHERE = "fetch it on a machine with a network, then: phase3-tutor data import cifar10 cifar-10-python.tar.gz"


def get_cifar10(store: DataStore, url: str = URL, md5: str = ARCHIVE_MD5) -> Iterator[Progress]:
    """Download, check and import; the archive is removed once its arrays are in place."""
    check_space(store.folder, 2 * ARCHIVE_BYTES, "the archive and its arrays")
    archive = store.folder / "cifar-10-python.tar.gz"
    yield from download(Wanted("CIFAR-10", url, "md5", md5, ELSEWHERE), archive)
    yield from import_cifar10(archive, store)
    archive.unlink()
