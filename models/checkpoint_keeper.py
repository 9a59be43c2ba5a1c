"""Saves a run's checkpoint every few seconds, and bears a full disk for a while."""

import shutil
import time
from collections.abc import Mapping
from typing import Any

from models.checkpoint import save_checkpoint
from models.metrics_file import MetricsFile
from models.run_directory import RunDirectory
from models.run_errors import RunError

GIVE_UP_AFTER = 3


class CannotSave(RunError):
    """Checkpoint after checkpoint could not be written: to train on would only lose more."""


class CheckpointKeeper:
    """One failed checkpoint only makes the way back longer; three in a row end the run."""

    def __init__(self, run: RunDirectory, metrics: MetricsFile, every_s: float, saved_step: int) -> None:
        self.run, self.metrics, self.every_s = run, metrics, every_s
        self.saved_step = saved_step  # of the newest good checkpoint; 0 where there is none
        self.failures = 0
        self._tried_at = time.monotonic()

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self._tried_at >= self.every_s

    def save(self, state: Mapping[str, Any]) -> str:
        """Save it; returns "" or why it failed, and raises `CannotSave` at the third failure in a row."""
        try:
            self.metrics.sync()  # a checkpoint never goes ahead of its metrics
            save_checkpoint(self.run, state)
        except (OSError, RuntimeError) as error:
            self.failures += 1
            reason = self._reason(error)
        else:
            self.failures, self.saved_step, reason = 0, int(state["step"]), ""
        self._tried_at = time.monotonic()  # after the work: a slow disk must not leave time for nothing else
        if self.failures >= GIVE_UP_AFTER:
            raise CannotSave(
                f"{self.failures} checkpoints in a row could not be saved, the last because of: {reason}.",
                str(self.run.path),
                f"free some space, then resume: it goes on from step {self.saved_step}",
            )
        return reason

    def _reason(self, error: Exception) -> str:
        """The error in a line; torch words a full disk as a failure of its archive writer, which tells nobody much."""
        line = str(error).strip().partition("\n")[0]
        if not isinstance(error, RuntimeError) or "inline_container" not in line:
            return line
        free = shutil.disk_usage(self.run.path).free
        return f"the disk did not take all of it ({free / 1e6:.1f} MB are free)"
