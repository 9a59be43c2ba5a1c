"""One stretch of a run's training: from its start, or its last checkpoint, to its end or the next stop."""

import math
import os
import platform
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import torch

from models.checkpoint import (
    Loaded,
    load_checkpoint,
    random_state,
    restore_random_state,
    set_damaged_aside,
)
from models.checkpoint_keeper import CheckpointKeeper
from models.data_store import DataStore
from models.device_limits import refuse_what_the_device_cannot
from models.metric import metric_of
from models.metrics import metrics_line
from models.metrics_file import MetricsFile
from models.placement import place
from models.presets import with_defaults
from models.resume_checks import refuse_other_data, refuse_other_files
from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_status import RunState
from models.status_board import Pace, StatusBoard
from models.stop_signals import StopSignals
from models.tasks.from_config import prepare
from models.training import StepMetrics, train

_SAVE_FAILED = "The last checkpoint could not be saved"


class TrainingSession:
    """Writes all that a run's folder gets while it trains: metrics, status, checkpoints."""

    def __init__(self, run: RunDirectory, config: RunConfig, board: StatusBoard, signals: StopSignals) -> None:
        self.run, self.board, self.signals, self.pace = run, board, signals, Pace()
        loaded = load_checkpoint(run)
        self.threads = int(loaded.state["threads"]) if loaded else config.threads
        refuse_what_the_device_cannot(with_defaults(config.settings, config.project), config.device)
        self.placement = place(config.device, self.threads)
        self.task, self.modules = prepare(config, run.modules, DataStore(), self.placement)
        self.config = self._completed(config)
        self.metric = metric_of(config.settings)
        self.step = 0
        self.progress: dict[str, Any] = {"seconds": 0.0, "held_out_looks": 0}
        self._notes = ""
        if loaded:
            self._resume(loaded)
        path = run.metrics if self.placement.writes else Path(os.devnull)
        self.metrics = MetricsFile(path, keep_to_step=self.step if loaded and self.placement.writes else None)
        every_s = config.settings["checkpoint_seconds"]
        self.keeper = CheckpointKeeper(run, self.metrics, every_s, self.step)
        self._seconds_before, self._began = self.progress["seconds"], time.monotonic()

    def train(self) -> RunState:
        """Train until the end, a request to stop or a loss that is not finite; the state it ends in."""
        self.board.post(
            now=True,
            step=self.step,
            total_steps=self.task.total_steps,
            message=self._notes,
            held_out=self.progress.get(self.metric.name),
            final=self._facts(),
        )
        if self._is_to_stop():
            return self._end("stopped")
        for metrics in train(self.task, self.step):
            self._record(metrics)
            if not metrics.is_finite:
                return self._diverge(f"The loss became {metrics.loss} at step {metrics.step}.")
            self.step = metrics.step
            if self._is_to_stop():
                return self._end("stopped")
            if self.placement.writes and self.keeper.is_due and (bad := self._save()):
                return self._diverge(bad)
        return self._end("finished")

    def _is_to_stop(self) -> bool:
        """Asked of all processes between two steps, since a step needs every one of them."""
        return self.placement.any(self.signals.requested)

    def _completed(self, config: RunConfig) -> RunConfig:
        """The config with what only the loaded data can tell; written before the first step."""
        facts, total = self.task.dataset.facts(), self.task.total_steps
        refuse_other_data(self.run, config, facts, total)
        versions = {**config.versions, "python": platform.python_version(), "torch": str(torch.__version__)}
        versions["numpy"] = numpy.__version__
        settings = {**config.settings, "precision": self.task.precision}  # what "auto" came to here
        completed = replace(config, settings=settings, dataset=facts, total_steps=total, versions=versions)
        if completed != config and self.placement.writes:
            self.run.write_config(completed)
        return completed

    def _resume(self, loaded: Loaded) -> None:
        state = loaded.state
        refuse_other_files(self.run, state["files"], self.modules.hashes)
        self.task.model.load_state_dict(state["model"])
        self.task.optimizer.load_state_dict(state["optimizer"])
        self.task.restore(state["task"])
        self.step, self.progress = int(state["step"]), dict(state["progress"])
        notes, here = loaded.damage, (self.config.versions, self.config.device, self.placement.processes)
        if (state["versions"], state["device"], state.get("processes", 1)) != here:
            notes += "Other versions, devices or processes than at the checkpoint: not bit-identical from here on. "
        self.board.log(f"{notes}goes on after step {self.step}, from {loaded.path.name}")
        self._notes = notes.strip()
        if self.placement.writes:
            set_damaged_aside(self.run, loaded)
        restore_random_state(state["random"])

    def _record(self, metrics: StepMetrics) -> None:
        for measured in metrics.measured:
            self._note(measured.kind, measured.values)
            if self.placement.writes:
                self.metrics.append(metrics_line(measured.step, measured.kind, **measured.values))
        self.pace.note(metrics.seconds)
        self.board.post(
            step=metrics.step,
            examples_per_s=self.pace.steps_per_s() * self.task.examples_per_step,
            seconds_left=self.pace.seconds_for(self.task.total_steps - metrics.step),
            held_out=self.progress.get(self.metric.name),
            final=self._facts(),
        )

    def _note(self, kind: str, values: dict[str, Any]) -> None:
        if kind == "held_out":
            self.progress["held_out_looks"] += 1
            self.progress |= {f"held_out_{name}": value for name, value in values.items()}
        elif kind == "validation":
            self.progress |= {f"validation_{name}": value for name, value in values.items()}
        elif kind == "twin":
            self.progress["twin"] = dict(values["max_difference"])
        elif kind == "causality":
            self.progress["causality"] = dict(values)
        elif kind == "train":
            self.progress["train_loss"] = values["loss"]

    def _save(self) -> str:
        """Save a checkpoint; returns why there is nothing worth saving, "" where there is."""
        bad = _first_not_finite(self.task.model)
        if bad:
            return f"{bad} of the net is not finite after step {self.step}."
        reason = self.keeper.save(self._state())
        if reason:
            self.board.log(f"checkpoint at step {self.step} failed: {reason}")
            self.board.post(now=True, message=f"{_SAVE_FAILED}: {reason}. Training goes on.")
        elif self.board.status.message.startswith(_SAVE_FAILED):
            self.board.post(message="")
        return ""

    def _end(self, state: RunState) -> RunState:
        """Save what has not been saved yet and say how it ended."""
        if not self.placement.writes:
            return state
        if self.step > self.keeper.saved_step and (bad := self._save()):
            return self._diverge(bad)
        message = "" if state == "finished" else f"stopped after step {self.step}; it can be resumed"
        if self.step > self.keeper.saved_step:
            state = "failed" if state == "finished" else state
            message = f"{_SAVE_FAILED}; a resumed run goes on from step {self.keeper.saved_step}"
        final = self._facts()
        if state == "finished":
            message = self._doubt(final.get(self.metric.name)) or message
        if state == "finished" and (bar := self.config.settings["bar"]) is not None:
            final["reached_bar"] = self.metric.passes(final.get(self.metric.name), bar)
        self.board.post(now=True, state=state, step=self.step, seconds_left=None, message=message, final=final)
        return state

    def _doubt(self, reached: float | None) -> str:
        """What speaks against the result that it ends with, if anything does."""
        if reached is not None and not math.isfinite(reached):
            return f"On held-out data it gives {reached}: look at what your code does in evaluation, under eval()."
        if self.metric.is_too_good(reached):
            return f"{self.metric.text(reached)} {self.metric.noun} is too good to be true: look for a leak."
        return ""

    def _diverge(self, why: str) -> RunState:
        kept = self.keeper.saved_step
        message = f"{why} The checkpoint of step {kept} is kept. Next: try a lower rate, --set peak_lr"
        self.board.log(message)
        self.board.post(now=True, state="diverged", seconds_left=None, message=message, final=self._facts())
        return "diverged"

    def _facts(self) -> dict[str, Any]:
        """What a card or a comparison needs of the run so far."""
        parameters = sum(parameter.numel() for parameter in self.task.model.parameters())
        return {
            **self.progress,
            "seconds": round(self._seconds(), 1),
            "steps": self.step,
            "examples": self.step * self.task.examples_per_step,
            "parameters": parameters,
            "bar": self.config.settings["bar"],
            "precision": self.task.precision,
            "processes": self.placement.processes,
        }

    def _seconds(self) -> float:
        """Time spent in training, over all stretches; loading is not counted."""
        return self._seconds_before + time.monotonic() - self._began

    def _state(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "model": self.task.model.state_dict(),
            "optimizer": self.task.optimizer.state_dict(),
            "task": self.task.state(),
            "random": random_state(),
            "progress": {**self.progress, "seconds": self._seconds()},
            "threads": self.threads,
            "device": self.config.device,
            "processes": self.placement.processes,
            "versions": self.config.versions,
            "files": self.modules.hashes,
        }


def _first_not_finite(model: torch.nn.Module) -> str:
    """The name of the first weight or buffer that holds a NaN or an infinity; "" if none does."""
    for name, value in model.state_dict().items():
        if value.is_floating_point() and not bool(torch.isfinite(value).all()):
            return name
    return ""
