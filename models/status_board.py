"""Keeps a run's status.json fresh, at most twice a second, and speaks through log.txt when it has to."""

import os
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import Any

from models.run_directory import RunDirectory
from models.run_status import RunStatus

MIN_INTERVAL_S = 0.5
_WINDOW_S = 20.0  # the rate is that of the last seconds: other programs come and go


class StatusBoard:
    """What the trainer says of itself; one status that the disk does not take is made up for by the next."""

    def __init__(self, run: RunDirectory, total_steps: int) -> None:
        self.run = run
        self.status = RunStatus(state="running", total_steps=total_steps, pid=os.getpid())
        self._posted_at = float("-inf")

    def post(self, now: bool = False, **changes: Any) -> None:
        """Take in the changes, and write them if it is time (or `now`)."""
        self.status = replace(self.status, **changes, heartbeat=time.time())
        if not now and time.monotonic() - self._posted_at < MIN_INTERVAL_S:
            return
        self._posted_at = time.monotonic()
        try:
            self.run.write_status(self.status)
        except OSError as error:
            self.log(f"status.json could not be written: {error}")

    def log(self, text: str) -> None:
        """Add to log.txt, with the time of day."""
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        # There is no other place to say that the log itself cannot be written; the run matters more.
        with suppress(OSError), self.run.log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{stamp} {text.rstrip()}\n")


class Pace:
    """Steps a second over the last twenty seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, step: int) -> None:
        """A step has just been finished."""
        moment = time.monotonic()
        self._seen.append((moment, step))
        while moment - self._seen[0][0] > _WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()

    def steps_per_s(self) -> float | None:
        """None until two steps have been seen."""
        if len(self._seen) < 2:
            return None
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / max(ended - began, 1e-9)
