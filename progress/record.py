"""The learner's record: TinyDB over one file that survives kills, full disks and two tutors at once."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from progress.durable_file import write_durably
from progress.record_errors import (
    RecordBusy,
    RecordError,
    RecordNewer,
    RecordReadOnly,
    RecordUnreadable,
    RecordUnwritable,
)
from progress.record_file import Content, DamagedContentError, NewerSchemaError, Tables, decode, encode

LOCK_WAIT_S = 10.0

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}


class Record:
    """Tables of rows in one file, changed only in transactions.

    A TinyDB object lives for one transaction only: one that lives on keeps its next row number and its
    last searches, so it refuses or misses what another process wrote. For the same reason the lock spans
    read, change and write. The backup holds the same generation as the file, so damage to either loses
    nothing. `notices` collects sentences that the learner should see, such as a repair.
    """

    def __init__(self, path: Path, lock_wait_s: float = LOCK_WAIT_S) -> None:
        self.path = Path(os.path.realpath(path))  # replacing a symbolic link would leave its target behind
        self.backup = self.path.with_name(f"{self.path.name}.bak")
        self.lock_wait_s = lock_wait_s
        self.notices: list[str] = []

    def snapshot(self) -> TinyDB:
        """The newest whole state, read without a lock; a reader never repairs, and its changes go nowhere."""
        return _in_memory(self._load()[0].tables)[0]

    @contextmanager
    def transaction(self) -> Iterator[TinyDB]:
        """Read, change, write as one step; an exception in the block writes nothing."""
        with self._locked():
            content, sound = self._load(set_aside_broken=True)
            before = encode(content)
            database, storage = _in_memory(content.tables)
            yield database
            after = Content(content.generation, storage.memory or {})
            if not sound or encode(after) != before:
                self._save(encode(after._replace(generation=content.generation + 1)))

    def why_not_writable(self) -> RecordError | None:
        """What stands in the way of recording, found without writing; None when nothing does."""
        try:
            self._load()
        except RecordError as error:
            return error
        folder = self.path.parent
        while not folder.exists():
            folder = folder.parent
        return None if os.access(folder, os.W_OK | os.X_OK) else self._read_only()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # Imported here because reading needs no lock, and this import costs more than reading does.
        from filelock import FileLock, Timeout

        lock = FileLock(f"{self.path}.lock", timeout=self.lock_wait_s)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(poll_interval=0.01)
        except Timeout as error:  # a TimeoutError, so an OSError too
            raise self._busy() from error
        except OSError as error:
            raise self._failed_write(error) from error
        try:
            yield
        finally:
            lock.release()

    def _load(self, set_aside_broken: bool = False) -> tuple[Content, bool]:
        """The content, and whether the file itself (not only its backup) is sound."""
        broken: dict[Path, DamagedContentError] = {}
        found = Content(0, {})
        source = None
        for path in (self.path, self.backup):
            blob = self._read(path)
            if blob is None:
                continue
            try:
                found, source = decode(blob), path
                break
            except DamagedContentError as error:
                broken[path] = error
            except NewerSchemaError as error:
                raise self._newer(path) from error
        if source is None and any(error.claims_newer_schema for error in broken.values()):
            raise self._newer(self.path)
        if broken and set_aside_broken:
            self._set_aside(list(broken), restored=source is not None)
        elif broken:
            shown = "its backup is shown" if source else "so is its backup, so it looks empty"
            self._notice(f"Your progress file is damaged; {shown}. Nothing was changed: {self.path}")
        return found, source == self.path

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            thing = f"Your progress cannot be read: {error.strerror}."
            next_step = "check the file's permissions and the disk; nothing was changed"
            raise RecordUnreadable(thing, str(path), next_step) from error

    def _set_aside(self, broken: list[Path], restored: bool) -> None:
        kept = []
        for path in broken:
            number = 1
            while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
                number += 1
            try:
                os.replace(path, aside)
            except OSError as error:
                raise self._failed_write(error) from error
            kept.append(aside.name)
        outcome = "restored from its backup" if restored else "begun anew: its backup could not be read either"
        self._notice(f"Your progress file was damaged and was {outcome}. Kept: {', '.join(kept)}.")

    def _save(self, blob: bytes) -> None:
        try:
            write_durably(self.path, blob)
        except OSError as error:
            raise self._failed_write(error) from error
        try:
            write_durably(self.backup, blob)
        except OSError as error:  # the rows are in the file itself; the next write tries the backup again
            self._notice(f"Recorded, but the backup was not written ({error.strerror}): {self.backup}")

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def _failed_write(self, error: OSError) -> RecordError:
        if error.errno in _READ_ONLY:
            return self._read_only()
        what = "the disk is full" if error.errno in _FULL else error.strerror or str(error)
        thing = f"This was not recorded: {what}. What was recorded before is still there."
        return RecordUnwritable(thing, str(self.path), "make room or mend the disk, then do it again")

    def _read_only(self) -> RecordReadOnly:
        thing = "The progress folder may be read but not written: nothing is being recorded."
        next_step = "make the folder writable, or use another one with --workspace DIR"
        return RecordReadOnly(thing, str(self.path.parent), next_step)

    def _busy(self) -> RecordBusy:
        thing = f"Another tutor has been writing your progress for {self.lock_wait_s:g} seconds."
        return RecordBusy(thing, str(self.path), "close the other one, or try again in a moment")

    def _newer(self, path: Path) -> RecordNewer:
        thing = "A newer version of the tutor wrote your progress; this version leaves it alone."
        return RecordNewer(thing, str(path), "update: pip install --upgrade phase3-tutor")


def _in_memory(tables: Tables) -> tuple[TinyDB, MemoryStorage]:
    storage = MemoryStorage()
    storage.memory = tables
    return TinyDB(storage=lambda: storage), storage
