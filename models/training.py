"""THE training loop: an iterator of step metrics over a task."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from torch import Tensor, nn
from torch.optim import Optimizer


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

    def next_batch(self) -> Any:
        """The next training batch; the only call that moves on in the data."""
        ...

    def loss(self, batch: Any) -> tuple[Tensor, dict[str, float]]:
        """The loss to minimise, and what else was seen on this batch."""
        ...

    def learning_rate(self, step: int) -> float:
        """The rate of the step after `step` finished ones."""
        ...

    def is_evaluation_due(self, step: int) -> bool:
        """Whether the held-out data is looked at after `step` finished steps."""
        ...

    def evaluate(self) -> dict[str, float]:
        """Loss and accuracy on all held-out data."""
        ...

    def verify_twins(self, batch: Any) -> dict[str, float]:
        """The largest difference per exercise, {} where the learner's own code trains; may raise."""
        ...


@dataclass(frozen=True)
class Measurement:
    """One line of metrics.jsonl."""

    step: int
    kind: str  # "train", "held_out" or "twin"
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
        batch = task.next_batch()
        seconds = time.perf_counter() - began
        measured = _twin_line(task, 0, batch) if step == 0 else []
        began = time.perf_counter()
        trained = _take_step(task, step, batch)
        metrics = StepMetrics(
            step + 1, trained.values["loss"], seconds + time.perf_counter() - began, (*measured, trained)
        )
        if metrics.is_finite and task.is_evaluation_due(step + 1):
            measured = [*_twin_line(task, step + 1, batch), Measurement(step + 1, "held_out", dict(task.evaluate()))]
            metrics = replace(metrics, measured=(*metrics.measured, *measured))
        yield metrics
        if not metrics.is_finite:
            return


def _take_step(task: Task, step: int, batch: Any) -> Measurement:
    rate = task.learning_rate(step)
    loss, seen = task.loss(batch)
    value = loss.item()
    if math.isfinite(value):
        _update(task, loss, rate)
    return Measurement(step + 1, "train", {"loss": value, **seen, "lr": rate})


def _update(task: Task, loss: Tensor, rate: float) -> None:
    for group in task.optimizer.param_groups:
        group["lr"] = rate
    task.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    task.optimizer.step()


def _twin_line(task: Task, step: int, batch: Any) -> list[Measurement]:
    differences = task.verify_twins(batch)
    return [Measurement(step, "twin", {"max_difference": differences})] if differences else []
