"""Reads the files inside a folder or a tar archive one after another, without ever unpacking one to disk."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from models.data_store import DataDamaged

_OPENERS: dict[bytes, Callable[[Path], Any]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}
_BROKEN = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError, UnicodeDecodeError)
_PIECE = 1 << 20


@dataclass(frozen=True)
class Member:
    """One file inside; `read` is called while the iteration stands on it, or not at all."""

    name: PurePosixPath
    size: int
    read: Callable[[], bytes]


def members_of(source: Path) -> Iterator[Member]:
    """Every plain file in the folder or archive; a name that points outside it is `DataDamaged`."""
    return _in_folder(source) if source.is_dir() else _in_archive(source)


def _in_folder(folder: Path) -> Iterator[Member]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DataDamaged(f"A file cannot be read: {error}.", str(path), "copy the folder again") from error
            yield Member(PurePosixPath(path.relative_to(folder).as_posix()), size, path.read_bytes)


def _in_archive(source: Path) -> Iterator[Member]:
    try:
        with _open(source) as stream:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for info in archive:
                    _refuse_unsafe(info, source)
                    if info.isfile():
                        yield Member(PurePosixPath(info.name), info.size, _reader(archive, info, source))
            while stream.read(_PIECE):  # the compressed stream's own checksum stands at its very end
                pass
    except _BROKEN as error:
        raise damaged_archive(source, str(error)) from error


def damaged_archive(source: Path, why: str) -> DataDamaged:
    """The archive cannot be trusted, because of `why`."""
    return DataDamaged(f"This archive is damaged: {why.rstrip('.')}.", str(source), "download or copy it again")


def _open(source: Path) -> io.BufferedIOBase:
    with source.open("rb") as file:
        start = file.read(2)
    if start == b"PK":
        raise DataDamaged("A zip archive is not read here.", str(source), "unpack it and import the folder")
    return _OPENERS.get(start, lambda path: path.open("rb"))(source)


def _refuse_unsafe(info: tarfile.TarInfo, source: Path) -> None:
    name = PurePosixPath(info.name)
    if name.is_absolute() or ".." in name.parts:
        what = f'"{info.name}" points outside the archive'
    elif not (info.isfile() or info.isdir()):
        what = f'"{info.name}" is a link or a device'
    else:
        return
    raise DataDamaged(f"This archive is not safe: {what}.", str(source), "use the official one, or a folder of images")


def _reader(archive: tarfile.TarFile, info: tarfile.TarInfo, source: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            file = archive.extractfile(info)
            return file.read() if file else b""
        except _BROKEN as error:  # it is read by whoever asked for the member, outside of the loop over members
            raise damaged_archive(source, str(error)) from error

    return read
