"""Follows a run's metrics.jsonl while it grows."""

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

_ENDING = 64
_LONGEST_LINE = 1 << 20  # a line that never ends is damage, not a metric: it must not fill the memory


class MetricsTail:
    """Reads what was added since the last look; a line that is still being written waits for its end.

    `restarts` counts how often the file was replaced or cut (a resumed run drops what came after its
    checkpoint): a reader that keeps curves drops them when it changes.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.bad_lines = 0
        self.restarts = 0
        self.caught_up = True
        self._inode = 0
        self._offset = 0
        self._ending = b""  # the last bytes before the offset: a file cut and grown again shows others there
        self._rest = b""  # of a line whose end is not written yet

    def read_new(self, limit_bytes: int = 65536) -> list[dict[str, Any]]:
        """The next metrics, from at most `limit_bytes` of the file; [] when there is nothing new."""
        added = self._next_bytes(limit_bytes)  # may start over, and then forgets the rest
        lines = (self._rest + added).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > _LONGEST_LINE:
            self._rest = b""
            self.bad_lines += 1
        read = [_metric(line) for line in lines if line.strip()]
        self.bad_lines += read.count(None)
        return [metric for metric in read if metric is not None]

    def _next_bytes(self, limit_bytes: int) -> bytes:
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            self.caught_up = True  # not made yet, or removed: either way there is nothing to wait for
            return b""
        with file:
            found = os.fstat(file.fileno())
            if found.st_ino != self._inode or found.st_size < self._offset:
                self._start_over(found.st_ino)
            added = self._read_on(file, limit_bytes) if found.st_size > self._offset else b""
        self._offset += len(added)
        self._ending = (self._ending + added)[-_ENDING:]
        self.caught_up = self._offset >= found.st_size
        return added

    def _read_on(self, file: BinaryIO, limit_bytes: int) -> bytes:
        file.seek(self._offset - len(self._ending))
        if file.read(len(self._ending)) != self._ending:
            self._start_over(self._inode)
            file.seek(0)
        return file.read(limit_bytes)

    def _start_over(self, inode: int) -> None:
        self.restarts += self._inode != 0
        self._inode, self._offset, self._ending, self._rest, self.bad_lines = inode, 0, b"", b"", 0


def _metric(line: bytes) -> dict[str, Any] | None:
    try:
        metric = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    is_metric = isinstance(metric, dict) and type(metric.get("step")) is int and isinstance(metric.get("kind"), str)
    return metric if is_metric else None


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
