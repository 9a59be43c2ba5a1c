"""Fetches the official CIFAR-10 archive, and goes on where an earlier try was cut off."""

import hashlib
import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from models.data_store import DataDamaged, DataError, DataStore, Progress
from models.datasets.cifar10_import import check_space, import_cifar10

URL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
ARCHIVE_MD5 = "c58f30108f718f92721af3b95e74349a"
ARCHIVE_BYTES = 170_498_071
_PIECE = 1 << 18
_TIMEOUT_S = 30
_ELSEWHERE = "fetch it on a machine with a network, then: phase3-tutor data import cifar10 cifar-10-python.tar.gz"


def get_cifar10(store: DataStore, url: str = URL, md5: str = ARCHIVE_MD5) -> Iterator[Progress]:
    """Download, check and import; the archive is removed once its arrays are in place."""
    check_space(store.folder, 2 * ARCHIVE_BYTES, "the archive and its arrays")
    archive = store.folder / "cifar-10-python.tar.gz"
    yield from download(url, archive, md5)
    yield from import_cifar10(archive, store)
    archive.unlink()


def download(url: str, archive: Path, md5: str) -> Iterator[Progress]:
    """Fetch `url` into `archive` by way of a .part file, which the next try continues."""
    if archive.is_file() and _md5(archive) == md5:
        return
    part = archive.with_name(f"{archive.name}.part")
    try:
        yield from _fetch(url, part)
    except HTTPError as error:
        raise DataError(f"The server answered {error.code} {error.reason}.", url, _ELSEWHERE) from error
    except (URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise DataError(f"The network did not deliver CIFAR-10: {reason}.", url, _ELSEWHERE) from error
    except OSError as error:
        thing = f"The download could not be saved: {error.strerror or error}."
        raise DataError(thing, str(part), "free some space there, then try again: it goes on") from error
    found = _md5(part)
    if found != md5:
        part.unlink()
        thing = f"The downloaded archive has MD5 {found}, and the official one has {md5}."
        raise DataDamaged(thing, url, "try again: the damaged file was removed")
    os.replace(part, archive)


def _fetch(url: str, part: Path) -> Iterator[Progress]:
    have = part.stat().st_size if part.is_file() else 0
    request = Request(url, headers={"User-Agent": "phase3-tutor"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        response = urlopen(request, timeout=_TIMEOUT_S)
    except HTTPError as error:
        if error.code == 416 and have:  # nothing lies beyond what is here: its checksum decides
            return
        raise
    with response:
        continues = response.status == 206  # a server that ignores the range sends the whole file again
        done = have if continues else 0
        total = done + int(response.headers.get("Content-Length") or 0)
        with part.open("ab" if continues else "wb") as file:
            while piece := response.read(_PIECE):
                file.write(piece)
                done += len(piece)
                yield Progress("downloading", done, total)
    if done < total:
        raise ConnectionError(f"it ended after {done:,} of {total:,} bytes")


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
