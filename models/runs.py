"""The folder of runs: name a new one, list them, find one by a few letters; all names of the format."""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from models.run_config import Part, RunConfig, SealedPrediction
from models.run_directory import RunDirectory
from models.run_errors import RunError, RunExists, RunNotFound, RunUnreadable
from models.run_status import RunState, RunStatus

__all__ = [
    "Part",
    "RunConfig",
    "RunDirectory",
    "RunError",
    "RunExists",
    "RunNotFound",
    "RunState",
    "RunStatus",
    "RunUnreadable",
    "SealedPrediction",
    "find_run",
    "list_runs",
    "new_run_id",
]

_NAMES_SHOWN = 6


def new_run_id(project: str, preset: str, runs_folder: Path, ablations: Sequence[str] = ()) -> str:
    """Reserve the next free name, such as "cnn-quick-no-skip-003", by making its folder: no two callers get it."""
    runs_folder = Path(runs_folder)
    runs_folder.mkdir(parents=True, exist_ok=True)
    stem = "-".join([project, preset, *ablations])
    number = max((_number(path.name, stem) for path in runs_folder.iterdir()), default=0)
    while True:
        number += 1
        try:
            (runs_folder / f"{stem}-{number:03d}").mkdir()
        except FileExistsError:
            continue
        return f"{stem}-{number:03d}"


def list_runs(runs_folder: Path) -> list[RunDirectory]:
    """Every run there, newest first; a folder without a config.json is no run and is passed over."""
    runs_folder = Path(runs_folder)
    if not runs_folder.is_dir():
        return []
    runs = [RunDirectory(path) for path in runs_folder.iterdir() if (path / "config.json").is_file()]
    return sorted(runs, key=_age_key, reverse=True)


def find_run(runs_folder: Path, name: str) -> RunDirectory:
    """The run with this id, or the only one whose id starts so, or the newest for "last"."""
    runs = list_runs(runs_folder)
    exact = [run for run in runs if run.id == name]
    if name == "last":
        exact = runs[:1]
    starting = exact or [run for run in runs if name and run.id.startswith(name)]
    if len(starting) == 1:
        return starting[0]
    raise _not_found(name, [run.id for run in starting], [run.id for run in runs], Path(runs_folder))


def _not_found(name: str, starting: list[str], every: list[str], runs_folder: Path) -> RunNotFound:
    if not every:
        return RunNotFound("There are no runs yet.", str(runs_folder), "start one: phase3-tutor train cnn")
    if starting:
        thing = f'{len(starting)} runs start with "{name}".'
        return RunNotFound(thing, str(runs_folder), f"name one of them: {_some(starting)}")
    closest = get_close_matches(name, every, n=1, cutoff=0.0)[0]
    next_step = f"try {closest}, or see them all: phase3-tutor runs list"
    return RunNotFound(f'No run is called "{name}".', str(runs_folder), next_step)


def _some(names: list[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _number(name: str, stem: str) -> int:
    match = re.fullmatch(re.escape(stem) + r"-(\d+)", name)
    return int(match[1]) if match else 0


def _age_key(run: RunDirectory) -> tuple[float, int, str]:
    """When it was made; of two made in the same second, the one with the higher number is newer."""
    number = re.search(r"(\d+)$", run.id)
    return _created(run), int(number[1]) if number else 0, run.id


def _created(run: RunDirectory) -> float:
    try:
        return datetime.fromisoformat(run.config().created_at).timestamp()
    except (RunError, ValueError):  # listed all the same, so that it can be seen and removed
        return 0.0
