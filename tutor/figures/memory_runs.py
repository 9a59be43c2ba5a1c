"""What the learner's own runs of the long-range tasks have shown of each cell's memory."""

from dataclasses import dataclass
from pathlib import Path

from models.metric import ACCURACY
from models.runs import RunDirectory, RunError, list_runs

TASKS = ("adding", "copy")


@dataclass(frozen=True)
class MemoryRun:
    """One finished run: the cell, the length of its sequences, and the share of right answers."""

    task: str
    cell: str
    length: int
    right: float

    @property
    def words(self) -> str:
        return f"{self.cell.upper()} T {self.length}: {ACCURACY.text(self.right)}"


def memory_runs(runs_folder: Path) -> tuple[MemoryRun, ...]:
    """Finished runs of the adding and the copy task by cell and length; of two alike the better one."""
    best: dict[tuple[str, str, int], MemoryRun] = {}
    for run in list_runs(runs_folder):
        seen = _seen(run)
        if seen is None:
            continue
        key = (seen.task, seen.cell, seen.length)
        if key not in best or seen.right > best[key].right:
            best[key] = seen
    order = {"rnn": 0, "lstm": 1, "gru": 2}
    return tuple(sorted(best.values(), key=lambda each: (each.task, order.get(each.cell, 3), each.length)))


def _seen(run: RunDirectory) -> MemoryRun | None:
    try:
        config, status = run.config(), run.status()
    except RunError:
        return None
    settings = config.settings
    is_one = config.project == "rnn" and settings.get("dataset") in TASKS and status.state == "finished"
    if not is_one or status.held_out is None:
        return None
    return MemoryRun(str(settings["dataset"]), str(settings["cell"]), int(settings["length"]), status.held_out)
