import errno
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import where

from progress.record import Record
from progress.record_errors import (
    RecordBusy,
    RecordError,
    RecordReadOnly,
    RecordUnreadable,
    RecordUnwritable,
)
from progress.record_file import decode

KILLS = 100
USUAL_FILES = ["progress.json", "progress.json.bak", "progress.json.lock"]


@pytest.fixture
def record(tmp_path):
    return Record(tmp_path / "progress.json")


def insert(record: Record, *numbers: int) -> None:
    with record.transaction() as database:
        for number in numbers:
            database.insert({"n": number})


def numbers_in(record: Record) -> list[int]:
    return [row["n"] for row in record.snapshot().all()]


def in_a_child(work: Callable[[], None]) -> int:
    """Fork a process that does this and ends without pytest's own clean-up; its pid."""
    pid = os.fork()
    if pid:
        return pid
    outcome = 1
    try:
        work()
        outcome = 0
    finally:
        os._exit(outcome)


def names_beside(record: Record) -> list[str]:
    return sorted(path.name for path in record.path.parent.iterdir())


def test_rows_are_there_after_a_transaction(record):
    assert numbers_in(record) == []
    insert(record, 1, 2)
    insert(record, 3)
    assert numbers_in(record) == [1, 2, 3]
    assert numbers_in(Record(record.path)) == [1, 2, 3]


def test_an_exception_in_the_block_writes_nothing(record):
    insert(record, 1)
    before = record.path.read_bytes()

    def insert_and_break() -> None:
        with record.transaction() as database:
            database.insert({"n": 2})
            raise KeyError("broken")

    with pytest.raises(KeyError):
        insert_and_break()
    assert record.path.read_bytes() == before
    insert(record, 3)  # and the lock was given back
    assert numbers_in(record) == [1, 3]


def test_a_value_that_json_does_not_have_is_refused_and_writes_nothing(record):
    insert(record, 1)
    with pytest.raises(ValueError, match="JSON compliant"), record.transaction() as database:
        database.insert({"loss": float("nan")})
    assert numbers_in(record) == [1]


def test_text_of_every_kind_survives(record):
    odd = "umlaut ä, joined \u200d, lone surrogate \udc80, line \u2028, nul \0, ☃"
    with record.transaction() as database:
        database.insert({"text": odd})
    assert record.snapshot().all() == [{"text": odd}]


def test_changes_to_a_snapshot_go_nowhere(record):
    insert(record, 1)
    record.snapshot().insert({"n": 2})
    assert numbers_in(record) == [1]


def test_a_transaction_that_changes_nothing_writes_nothing(record):
    insert(record, 1)
    before = record.path.stat().st_ino
    with record.transaction() as database:
        assert database.search(where("n") == 1)
    assert record.path.stat().st_ino == before


def test_reading_makes_no_files(record):
    record.snapshot()
    record.why_not_writable()
    assert names_beside(record) == []


def test_the_folder_is_made_when_it_is_first_needed(tmp_path):
    record = Record(tmp_path / "workspace" / ".phase3" / "progress.json")
    assert record.why_not_writable() is None
    insert(record, 1)
    assert numbers_in(record) == [1]


def test_the_backup_holds_the_same_state(record):
    insert(record, 1)
    insert(record, 2)
    assert record.backup.read_bytes() == record.path.read_bytes()


def test_a_symbolic_link_keeps_pointing_at_the_file(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "progress.json"
    link.symlink_to(tmp_path / "elsewhere" / "progress.json")
    insert(Record(link), 1)
    assert link.is_symlink()
    assert numbers_in(Record(tmp_path / "elsewhere" / "progress.json")) == [1]


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(record):
    """Children insert numbers and say each one on a pipe, until they are killed with -9."""
    rng = random.Random(0)
    acknowledged: list[int] = []
    for round_number in range(KILLS):
        read_end, write_end = os.pipe()
        child = in_a_child(lambda first=round_number * 1000, pipe=write_end: insert_and_tell(record, first, pipe))
        os.close(write_end)
        with os.fdopen(read_end, "rb") as pipe:
            lines = [pipe.readline()] if round_number % 2 else []  # half of the kills may hit the first write
            time.sleep(rng.uniform(0.0, 0.015))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            acknowledged += [int(line) for line in lines + pipe.readlines()]
    there = numbers_in(record)
    assert len(acknowledged) >= KILLS // 2
    assert set(acknowledged) <= set(there)
    assert len(there) == len(set(there))
    assert record.notices == []
    insert(record, -1)
    assert names_beside(record) == USUAL_FILES


def insert_and_tell(record: Record, first: int, pipe: int) -> None:
    for number in range(first, first + 1000):
        insert(record, number)
        os.write(pipe, b"%d\n" % number)


@pytest.mark.parametrize(("writers", "inserts"), [(2, 100), (4, 50)])
def test_writers_at_once_lose_no_row(record, writers, inserts):
    def insert_all(writer: int) -> None:
        for number in range(inserts):
            insert(record, writer * 1000 + number)

    children = [in_a_child(lambda writer=writer: insert_all(writer)) for writer in range(writers)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * writers
    wanted = [writer * 1000 + number for writer in range(writers) for number in range(inserts)]
    assert sorted(numbers_in(record)) == wanted
    assert decode(record.path.read_bytes()).generation == writers * inserts


class FailingDisk:
    """Lets the n-th file operation of a write fail, and counts them."""

    def __init__(self, nth: int, error_number: int) -> None:
        self.nth, self.error_number, self.count = nth, error_number, 0

    def failing(self, operation: Callable) -> Callable:
        def maybe_fail(*args, **kwargs):
            self.count += 1
            if self.count == self.nth:
                raise OSError(self.error_number, os.strerror(self.error_number))
            return operation(*args, **kwargs)

        return maybe_fail

    def failing_open(self, *args, **kwargs):
        file = self.failing(open)(*args, **kwargs)
        return FailingFile(self, file)


class FailingFile:
    def __init__(self, disk: FailingDisk, file) -> None:
        self.file = file
        self.write, self.flush = disk.failing(file.write), disk.failing(file.flush)
        self.fileno = file.fileno

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()


@pytest.mark.parametrize("error_number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_whichever_file_operation_fails_the_old_or_the_new_state_is_there(tmp_path, monkeypatch, error_number):
    operations = 0
    for nth in range(1, 100):
        record = Record(tmp_path / str(nth) / "progress.json")
        insert(record, 0, 1, 2)
        disk = FailingDisk(nth, error_number)
        with monkeypatch.context() as patch:
            patch.setattr("progress.durable_file.open", disk.failing_open, raising=False)
            for name in ("open", "fsync", "replace"):  # os.open also opens the lock
                patch.setattr(os, name, disk.failing(getattr(os, name)))
            patch.setattr(Path, "read_bytes", disk.failing(Path.read_bytes))
            acknowledged = try_to_insert(record, 3)
        operations = max(operations, disk.count)
        there = numbers_in(Record(record.path))
        assert there == [0, 1, 2, 3] if acknowledged else there in ([0, 1, 2], [0, 1, 2, 3])
        assert not list(record.path.parent.glob("*.tmp"))
        insert(record, 9)
        assert 9 in numbers_in(record)
        assert record.backup.read_bytes() == record.path.read_bytes()
        if disk.count < nth:
            break
    assert disk.count < nth, "the loop never came to a write in which nothing failed"
    assert operations >= 14  # lock, read, and twice: open, write, flush, sync, replace, open and sync the folder


def try_to_insert(record: Record, number: int) -> bool:
    try:
        insert(record, number)
    except RecordError:  # anything else would be a traceback, and fails the test
        return False
    return True


def test_a_full_disk_is_called_so(record, monkeypatch):
    insert(record, 1)
    monkeypatch.setattr(os, "replace", FailingDisk(1, errno.ENOSPC).failing(os.replace))
    with pytest.raises(RecordUnwritable, match="disk is full"):
        insert(record, 2)
    assert numbers_in(record) == [1]


def test_a_backup_that_cannot_be_written_is_said_and_the_row_counts(record, monkeypatch):
    monkeypatch.setattr(os, "replace", FailingDisk(2, errno.ENOSPC).failing(os.replace))
    insert(record, 1)
    assert numbers_in(record) == [1]
    assert "backup was not written" in record.notices[0]


def test_a_writer_that_never_ends_is_waited_for_and_then_named(record):
    read_end, write_end = os.pipe()

    def hold() -> None:
        with record.transaction():
            os.write(write_end, b"held")
            time.sleep(60)

    child = in_a_child(hold)
    try:
        assert os.read(read_end, 4) == b"held"
        waiting = Record(record.path, lock_wait_s=0.1)
        with pytest.raises(RecordBusy, match="Another tutor"):
            insert(waiting, 1)
        assert numbers_in(waiting) == []  # reading waits for nobody
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    insert(Record(record.path, lock_wait_s=0.1), 1)  # a killed holder holds nothing
    assert numbers_in(record) == [1]


@pytest.mark.parametrize("error_number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_read_and_said(record, monkeypatch, error_number):
    insert(record, 1)

    def refuse(*_args, **_options):
        raise OSError(error_number, os.strerror(error_number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RecordReadOnly, match="nothing is being recorded"):
        insert(record, 2)
    assert numbers_in(record) == [1]


def test_a_folder_that_cannot_be_written_is_found_without_writing(record, monkeypatch):
    insert(record, 1)
    assert record.why_not_writable() is None
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere, so the answer is given
    assert isinstance(record.why_not_writable(), RecordReadOnly)


def test_a_file_that_cannot_be_read_is_never_taken_for_an_empty_one(record, monkeypatch):
    insert(record, 1)
    before = record.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", FailingDisk(1, errno.EACCES).failing(Path.read_bytes))
        with pytest.raises(RecordUnreadable, match="Permission denied"):
            insert(record, 2)
    assert record.path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path):
    (tmp_path / "progress.json").mkdir()
    with pytest.raises(RecordUnreadable, match="directory"):
        insert(Record(tmp_path / "progress.json"), 1)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "workspace").write_text("")
    with pytest.raises(RecordError):
        insert(Record(tmp_path / "workspace" / "progress.json"), 1)
    assert isinstance(Record(tmp_path / "workspace" / "progress.json").why_not_writable(), RecordError)
