"""Writes a run's metrics.jsonl: whole lines, in order, even when the disk is full for a while."""

import json
import os
from pathlib import Path


class MetricsFile:
    """Appends lines; what the disk does not take waits in memory and goes out before anything newer.

    It is for one writer, who holds the run's lock.
    """

    def __init__(self, path: Path, keep_to_step: int | None) -> None:
        self._waiting = b""
        if keep_to_step is not None and path.exists():
            _cut(path, keep_to_step)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | (os.O_TRUNC if keep_to_step is None else 0)
        self._descriptor = os.open(path, flags, 0o644)

    def append(self, line: bytes) -> None:
        """Write a line, or keep it waiting where the disk refuses."""
        self._waiting += line
        try:
            self.flush()
        except OSError:  # the checkpoint that follows refuses to go ahead of its metrics, and says so
            return

    def flush(self) -> None:
        """Write everything that waits; OSError where the disk does not take it."""
        while self._waiting:
            written = os.write(self._descriptor, self._waiting)
            self._waiting = self._waiting[written:]

    def sync(self) -> None:
        """Have everything on the disk itself: a checkpoint must never be newer than its metrics."""
        self.flush()
        os.fsync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


def _cut(path: Path, keep_to_step: int) -> None:
    """Drop what was measured after the checkpoint: those steps are taken again."""
    kept = 0
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n") or _step(line) > keep_to_step:
                break
            kept += len(line)
    os.truncate(path, kept)


def _step(line: bytes) -> float:
    try:
        return float(json.loads(line)["step"])
    except (ValueError, KeyError, TypeError):
        return float("inf")  # a damaged line: nothing from it on can be trusted to be in order
