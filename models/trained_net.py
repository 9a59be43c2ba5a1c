"""A run's net as its checkpoint has it, ready to be looked into."""

import json
from dataclasses import dataclass
from typing import Any

from models.checkpoint import load_checkpoint
from models.data_store import DataStore
from models.metric import Metric, metric_of
from models.placement import place
from models.resume_checks import refuse_other_data, refuse_other_files
from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_errors import RunError
from models.tasks.from_config import prepare


class NothingTrainedYet(RunError):
    """The run has no checkpoint so far."""


@dataclass(frozen=True)
class TrainedNet:
    """The task with its weights restored, and the step they were saved after."""

    run: RunDirectory
    config: RunConfig
    task: Any  # of its project: the lab asks what it has, and the pictures of another project are refused
    step: int

    @property
    def metric(self) -> Metric:
        """What the run is judged by."""
        return metric_of(self.config.settings)

    def recorded(self) -> tuple[int, float] | None:
        """The newest held-out result in metrics.jsonl that these weights can have: (step, value)."""
        recorded, key = None, self.metric.key
        if not self.run.metrics.exists():
            return None
        with self.run.metrics.open(encoding="utf-8") as lines:
            for line in lines:
                # A line without the word is another kind; the last one may still be being written.
                if '"held_out"' in line and line.endswith("\n"):
                    measured = json.loads(line)
                    if measured["step"] <= self.step and measured[key] is not None:
                        recorded = (measured["step"], measured[key])
        return recorded


def load_trained_net(run: RunDirectory, store: DataStore) -> TrainedNet:
    """Assemble the run's net from its own copies and load its checkpoint; changes nothing there."""
    config = run.config()
    loaded = load_checkpoint(run)
    if loaded is None:
        next_step = f"wait for its first checkpoint, or resume it: phase3-tutor runs resume {run.id}"
        raise NothingTrainedYet(f"Run {run.id} has saved no checkpoint yet.", str(run.path), next_step)
    task, modules = prepare(config, run.modules, store, place("cpu", 0, {}))
    refuse_other_files(run, loaded.state["files"], modules.hashes)
    refuse_other_data(run, config, task.dataset.facts(), task.total_steps)
    task.model.load_state_dict(loaded.state["model"])
    return TrainedNet(run, config, task, int(loaded.state["step"]))
