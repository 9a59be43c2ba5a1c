"""One run's folder: written by its trainer, read by everyone else."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.atomic_file import replace_file
from models.run_config import RunConfig
from models.run_errors import RunExists, RunNotFound, RunUnreadable
from models.run_process import ask_to_stop, is_lock_held, is_same_process, process_start
from models.run_status import RunStatus

if TYPE_CHECKING:
    import filelock

LOCK_WAIT_S = 2.0  # a reader that looks whether the trainer is alive holds the lock for microseconds
_NEXT_STEP = "see `phase3-tutor runs list`; the folder of a damaged run may be deleted"


class RunDirectory:
    """One run's folder: what it is (config), where it stands (status), and where its files lie."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    @classmethod
    def create(cls, runs_folder: Path, config: RunConfig) -> "RunDirectory":
        """Make the folder of a new run, or fill the one that `new_run_id` reserved."""
        run = cls(Path(runs_folder) / config.id)
        run.path.mkdir(parents=True, exist_ok=True)
        if run._config_path.exists():
            raise RunExists(f"A run called {run.id} is there already.", str(run.path), "choose another id")
        run.modules.mkdir(exist_ok=True)
        run.write_status(RunStatus(state="created", total_steps=config.total_steps))
        run.write_config(config)  # last: a folder without it is no run, so a half-made one is never listed
        return run

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def metrics(self) -> Path:
        return self.path / "metrics.jsonl"

    @property
    def checkpoint(self) -> Path:
        return self.path / "checkpoint.pt"

    @property
    def previous_checkpoint(self) -> Path:
        return self.path / "checkpoint.prev.pt"

    @property
    def coherence(self) -> Path:
        return self.path / "coherence.json"

    @property
    def log(self) -> Path:
        return self.path / "log.txt"

    @property
    def modules(self) -> Path:
        return self.path / "modules"

    @property
    def _config_path(self) -> Path:
        return self.path / "config.json"

    @property
    def _status_path(self) -> Path:
        return self.path / "status.json"

    @property
    def _lock_path(self) -> Path:
        return self.path / "run.lock"

    def config(self) -> RunConfig:
        """Read config.json, or say what is wrong with it (`RunUnreadable`)."""
        return RunConfig.from_json(self._read(self._config_path), str(self._config_path))

    def write_config(self, config: RunConfig) -> None:
        """Replace config.json in one step."""
        replace_file(self._config_path, config.to_json().encode())

    def status(self) -> RunStatus:
        """What the trainer last said, or "died" where it says running and no trainer holds the lock."""
        recorded = self._recorded_status()
        if recorded.state != "running" or self.is_alive():
            return recorded
        # The trainer writes its last word before it lets go of the lock, so a second look settles
        # whether it ended in between.
        recorded = self._recorded_status()
        return replace(recorded, state="died") if recorded.state == "running" else recorded

    def write_status(self, status: RunStatus) -> None:
        """Replace status.json in one step, with the start time of the process it names."""
        if status.state == "died":
            raise ValueError('"died" is derived by readers and never written')
        if status.pid and not status.process_start:
            status = replace(status, process_start=process_start(status.pid))
        replace_file(self._status_path, status.to_json().encode())

    def lock(self) -> "filelock.FileLock":
        """What the trainer holds for as long as it lives; waits 2 s for readers, then `filelock.Timeout`."""
        from filelock import FileLock  # only trainers need it, and it takes longer to import than all of this

        return FileLock(self._lock_path, timeout=LOCK_WAIT_S, thread_local=False)

    def is_alive(self) -> bool:
        """Whether a trainer holds the lock now (where there are no locks: whether its process exists)."""
        held = is_lock_held(self._lock_path)
        if held is not None:
            return held
        recorded = self._recorded_status()
        return recorded.state == "running" and is_same_process(recorded.pid, recorded.process_start)

    def request_stop(self) -> bool:
        """Ask the trainer to save and stop (SIGTERM); False when there is none to ask."""
        recorded = self._recorded_status()
        if not self.is_alive() or not is_same_process(recorded.pid, recorded.process_start):
            return False
        return ask_to_stop(recorded.pid)

    def size_bytes(self) -> int:
        """Bytes of all its files."""
        total = 0
        for folder, _, names in os.walk(self.path):
            for name in names:
                with suppress(FileNotFoundError):  # a draft or an old checkpoint may go while we look
                    total += os.lstat(os.path.join(folder, name)).st_size
        return total

    def _recorded_status(self) -> RunStatus:
        return RunStatus.from_json(self._read(self._status_path), str(self._status_path))

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            if not self.path.is_dir():
                raise RunNotFound(f"Run {self.id} is gone.", str(self.path), _NEXT_STEP) from error
            raise RunUnreadable(f"Run {self.id} has no {path.name}.", str(path), _NEXT_STEP) from error
        except (OSError, UnicodeDecodeError) as error:
            thing = f"{path.name} of run {self.id} cannot be read: {error}."
            raise RunUnreadable(thing, str(path), _NEXT_STEP) from error
