import pytest

from progress.record import Record
from progress.record_errors import RecordNewer
from progress.record_file import SCHEMA, decode, encode


@pytest.fixture
def record(tmp_path):
    return Record(tmp_path / "progress.json")


def insert(record: Record, *numbers: int) -> None:
    with record.transaction() as database:
        for number in numbers:
            database.insert({"n": number})


def numbers_in(record: Record) -> list[int]:
    return [row["n"] for row in record.snapshot().all()]


def flip(blob: bytes, position: int, bit: int = 0) -> bytes:
    return blob[:position] + bytes([blob[position] ^ (1 << bit)]) + blob[position + 1 :]


def damaged(blob: bytes, kind: str) -> bytes:
    return {
        "empty": b"",
        "cut": blob[: len(blob) // 2],
        "cut by its last byte": blob[:-1],
        "garbage": b"\x80garbage\xff" * 9,
        "a flipped byte": flip(blob, len(blob) // 2),
        "NULs": b"\0" * len(blob),
        "trailing junk": blob + b"junk",
        "written twice": blob + blob,
        "other JSON": b'{"a": 1}\n',
        "a list": b"[]",
    }[kind]


KINDS = (
    "empty",
    "cut",
    "cut by its last byte",
    "garbage",
    "a flipped byte",
    "NULs",
    "trailing junk",
    "written twice",
    "other JSON",
    "a list",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_restored_from_its_backup_and_kept_aside(record, kind):
    insert(record, 1)
    insert(record, 2)
    broken = damaged(record.path.read_bytes(), kind)
    record.path.write_bytes(broken)
    assert numbers_in(record) == [1, 2]
    assert numbers_in(record) == [1, 2]
    assert record.path.read_bytes() == broken  # a reader repairs nothing, and says so once
    assert [notice for notice in record.notices if "its backup is shown" in notice] == record.notices
    assert len(record.notices) == 1
    insert(record, 3)
    assert numbers_in(record) == [1, 2, 3]
    assert record.path.with_name("progress.json.broken-1").read_bytes() == broken
    assert "restored from its backup" in record.notices[-1]
    assert decode(record.path.read_bytes()).generation == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_backup_changes_nothing_and_is_written_anew(record, kind):
    insert(record, 1)
    record.backup.write_bytes(damaged(record.backup.read_bytes(), kind))
    insert(record, 2)
    assert numbers_in(record) == [1, 2]
    assert record.backup.read_bytes() == record.path.read_bytes()


def test_when_both_files_are_damaged_both_are_kept_and_it_is_said(record):
    insert(record, 1)
    record.path.write_bytes(b"broken")
    record.backup.write_bytes(b"broken too")
    assert numbers_in(record) == []
    assert "it looks empty" in record.notices[0]
    insert(record, 2)
    assert numbers_in(record) == [2]
    assert "begun anew" in record.notices[-1]
    assert record.path.with_name("progress.json.broken-1").read_bytes() == b"broken"
    assert record.path.with_name("progress.json.bak.broken-1").read_bytes() == b"broken too"


def test_a_second_damaged_file_does_not_replace_the_first_one_kept(record):
    for kept in (b"first", b"second"):
        insert(record, 1)
        record.path.write_bytes(kept)
        insert(record, 2)
    names = [f"progress.json.broken-{number}" for number in (1, 2)]
    assert [record.path.with_name(name).read_bytes() for name in names] == [b"first", b"second"]


def test_a_file_that_is_gone_comes_back_from_its_backup(record):
    insert(record, 1)
    record.path.unlink()
    assert numbers_in(record) == [1]
    with record.transaction():
        pass
    assert record.path.read_bytes() == record.backup.read_bytes()


def newer(blob: bytes) -> bytes:
    """The same rows in a sound file of the next schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("progress.record_file.SCHEMA", SCHEMA + 1)
        return encode(decode(blob))


@pytest.mark.parametrize("layout", ["two lines", "another"])
def test_a_newer_schema_is_neither_read_nor_touched(record, layout):
    insert(record, 1)
    later = newer(record.path.read_bytes()) if layout == "two lines" else b'{"schema": 2, "rows": []}'
    record.path.write_bytes(later)
    record.backup.write_bytes(later)
    with pytest.raises(RecordNewer, match="newer version"):
        record.snapshot()
    with pytest.raises(RecordNewer):
        insert(record, 2)
    assert isinstance(record.why_not_writable(), RecordNewer)
    assert record.path.read_bytes() == later
    assert record.backup.read_bytes() == later
    assert not list(record.path.parent.glob("*.broken-*"))


def test_a_newer_backup_of_a_damaged_file_is_not_touched_either(record):
    insert(record, 1)
    record.backup.write_bytes(newer(record.path.read_bytes()))
    record.path.write_bytes(b"broken")
    with pytest.raises(RecordNewer):
        insert(record, 2)
    assert record.path.read_bytes() == b"broken"


def test_a_flipped_byte_that_looks_like_a_newer_schema_is_only_damage(record):
    insert(record, 1)
    record.path.write_bytes(record.path.read_bytes().replace(b'"schema":1', b'"schema":3'))
    insert(record, 2)
    assert numbers_in(record) == [1, 2]
