"""Fetches one file of known content, and goes on where an earlier try was cut off."""

import hashlib
import http.client
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from models.data_store import DataDamaged, DataError, Progress

_PIECE = 1 << 18
_TIMEOUT_S = 30


@dataclass(frozen=True)
class Wanted:
    """What is to be fetched, and the sum that its bytes must have."""

    name: str
    url: str
    algorithm: str  # as hashlib calls it
    checksum: str
    elsewhere: str  # the next step where there is no network


def download(wanted: Wanted, target: Path) -> Iterator[Progress]:
    """Fetch it into `target` by way of a .part file, which the next try continues."""
    if target.is_file() and _sum(target, wanted) == wanted.checksum:
        return
    part = target.with_name(f"{target.name}.part")
    try:
        yield from _fetch(wanted.url, part)
    except HTTPError as error:
        raise DataError(f"The server answered {error.code} {error.reason}.", wanted.url, wanted.elsewhere) from error
    except (URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        thing = f"The network did not deliver {wanted.name}: {reason}."
        raise DataError(thing, wanted.url, wanted.elsewhere) from error
    except OSError as error:
        thing = f"The download could not be saved: {error.strerror or error}."
        raise DataError(thing, str(part), "free some space there, then try again: it goes on") from error
    found = _sum(part, wanted)
    if found != wanted.checksum:
        part.unlink()
        sums = wanted.algorithm.upper()
        thing = f"What was downloaded has {sums} {found}, and {wanted.name} has {wanted.checksum}."
        raise DataDamaged(thing, wanted.url, "try again: the damaged file was removed")
    os.replace(part, target)


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


def _sum(path: Path, wanted: Wanted) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(wanted.algorithm, usedforsecurity=False)).hexdigest()
