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
    """What the trainer says of itself; one status that the disk does not take is made up for by the next.

    Of several processes that train together one `speaks`; the boards of the others write nothing.
    """

    def __init__(self, run: RunDirectory, total_steps: int, speaks: bool = True) -> None:
        self.run, self.speaks = run, speaks
        self.status = RunStatus(state="running", total_steps=total_steps, pid=os.getpid())
        self._posted_at = float("-inf")

    def post(self, now: bool = False, **changes: Any) -> None:
        """Take in the changes, and write them if it is time (or `now`)."""
        self.status = replace(self.status, **changes, heartbeat=time.time())
        if not self.speaks or (not now and time.monotonic() - self._posted_at < MIN_INTERVAL_S):
            return
        self._posted_at = time.monotonic()
        try:
            self.run.write_status(self.status)
        except OSError as error:
            self.log(f"status.json could not be written: {error}")

    def log(self, text: str) -> None:
        """Add to log.txt, with the time of day."""
        if not self.speaks:
            return
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        # There is no other place to say that the log itself cannot be written; the run matters more.
        with suppress(OSError), self.run.log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{stamp} {text.rstrip()}\n")


class Pace:
    """How fast the steps go: the work of one alone, and with all that comes between two."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float]] = deque()  # (when it ended, seconds of work)
        self._began, self._steps = time.monotonic(), 0

    def note(self, seconds: float) -> None:
        """A step has just been finished that took this many seconds of work."""
        moment = time.monotonic()
        self._steps += 1
        self._recent.append((moment, seconds))
        while moment - self._recent[0][0] > _WINDOW_S and len(self._recent) > 1:
            self._recent.popleft()

    def steps_per_s(self) -> float:
        """Over the last twenty seconds, evaluations left out."""
        return len(self._recent) / max(sum(seconds for _, seconds in self._recent), 1e-9)

    def seconds_for(self, steps: int) -> float:
        """What so many more will take if they go on like those so far, evaluations included."""
        return steps * (time.monotonic() - self._began) / self._steps
