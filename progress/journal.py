"""The history of attempts: a file that only grows, one JSON object a line."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


class Journal:
    """Lines are appended, never changed; a line torn by a kill or a full disk is passed over by readers."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def append(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Add one line per event, each by one write, and push them to the disk."""
        lines = [json.dumps(event, separators=(",", ":"), allow_nan=False).encode() + b"\n" for event in events]
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            if _ends_in_a_torn_line(descriptor):
                os.write(descriptor, b"\n")
            for line in lines:
                _write_whole(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def events(self) -> Iterator[dict[str, Any]]:
        """Every whole line, oldest first."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for line in file:
                event = _event(line)
                if event is not None:
                    yield event


def _ends_in_a_torn_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def _write_whole(descriptor: int, line: bytes) -> None:
    written = os.write(descriptor, line)
    if written != len(line):
        raise OSError(f"only {written} of {len(line)} bytes were written")


def _event(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None
