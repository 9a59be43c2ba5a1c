"""THE training loop: an iterator of step metrics over a task."""

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from torch import Tensor, nn
from torch.optim import Optimizer

from models.gradient_norms import gradient_norms, is_noted


@runtime_checkable
class Task(Protocol):
    """What is learned: a net, its data and its recipe. The loop knows no more of it than this."""

    total_steps: int

    @property
    def model(self) -> nn.Module:
        """What is trained."""
        ...

    @property
    def optimizer(self) -> Optimizer:
        """What changes its weights."""
        ...

    def check_before_training(self) -> dict[str, float]:
        """What must hold of the whole net before its first step, in numbers; {} where nothing is asked; may raise."""
        ...

    def next_batch(self, step: int) -> Any:
        """The training batch of the step after `step` finished ones; the only call that moves on in the data."""
        ...

    def loss(self, batch: Any) -> tuple[Tensor, dict[str, float]]:
        """The loss to minimise, and what else was seen on this batch."""
        ...

    def agreed(self, values: Mapping[str, float]) -> dict[str, float]:
        """The means of these values over all processes that train together."""
        ...

    def learning_rate(self, step: int) -> float:
        """The rate of the step after `step` finished ones."""
        ...

    def update(self, loss: Tensor, rate: float) -> None:
        """Change the weights by one step down this loss."""
        ...

    def finish(self) -> None:
        """What the recipe does to the weights after the last step, before they are judged."""
        ...

    def due_evaluation(self, step: int) -> str:
        """What is looked at after `step` finished steps: "validation", "held_out" or "" for nothing."""
        ...

    def evaluate(self, kind: str) -> dict[str, Any]:
        """Loss and accuracy on all data of this kind."""
        ...

    def verify_twins(self, batch: Any) -> dict[str, float]:
        """The largest difference per exercise, {} where the learner's own code trains; may raise."""
        ...


@dataclass(frozen=True)
class Measurement:
    """One line of metrics.jsonl."""

    step: int
    kind: str  # "train", "gradients", "validation", "held_out", "twin" or "causality"
    values: dict[str, Any]


@dataclass(frozen=True)
class StepMetrics:
    """What one step gave: everything measured between the end of the step before and its own end."""

    step: int  # finished steps, this one included
    loss: float
    seconds: float  # of work: batch, forward, backward and update, without the evaluation
    measured: tuple[Measurement, ...]

    @property
    def is_finite(self) -> bool:
        return math.isfinite(self.loss)


def train(task: Task, finished_steps: int = 0) -> Iterator[StepMetrics]:
    """Take one step after another; a loss that is not finite is the last thing seen, and changes no weight.

    A step is yielded once all that belongs to it is over, so between two of them everything can be saved.
    """
    for step in range(finished_steps, task.total_steps):
        began = time.perf_counter()
        batch = task.next_batch(step)
        seconds = time.perf_counter() - began
        measured = [*_causality_line(task), *_twin_line(task, 0, batch)] if step == 0 else []
        began = time.perf_counter()
        trained = _take_step(task, step, batch)
        seconds += time.perf_counter() - began
        metrics = StepMetrics(step + 1, trained.values["loss"], seconds, (*measured, trained))
        if metrics.is_finite:
            more = (*_gradient_line(task, step + 1), *_looked_at(task, step + 1, batch))
            metrics = replace(metrics, measured=(*metrics.measured, *more))
        yield metrics
        if not metrics.is_finite:
            return


def _take_step(task: Task, step: int, batch: Any) -> Measurement:
    rate = task.learning_rate(step)
    loss, seen = task.loss(batch)
    values = task.agreed({"loss": loss.item(), **seen})
    if math.isfinite(values["loss"]):
        task.update(loss, rate)
    return Measurement(step + 1, "train", {**values, "lr": rate})


def _gradient_line(task: Task, step: int) -> list[Measurement]:
    """The norms of the gradients that this step went by; they lie in the weights until the next one."""
    if not is_noted(step, task.total_steps):
        return []
    return [Measurement(step, "gradients", {"norms": gradient_norms(task.model)})]


def _looked_at(task: Task, step: int, batch: Any) -> list[Measurement]:
    """What the evaluation due after this step saw; the last one is of the weights that the recipe ends with."""
    if step == task.total_steps:
        task.finish()
    kind = task.due_evaluation(step)
    return [*_twin_line(task, step, batch), Measurement(step, kind, dict(task.evaluate(kind)))] if kind else []


def _causality_line(task: Task) -> list[Measurement]:
    found = task.check_before_training()
    return [Measurement(0, "causality", dict(found))] if found else []


def _twin_line(task: Task, step: int, batch: Any) -> list[Measurement]:
    differences = task.verify_twins(batch)
    return [Measurement(step, "twin", {"max_difference": differences})] if differences else []
