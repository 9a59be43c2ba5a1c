from collections.abc import Callable
from itertools import pairwise

import pytest
import torch
from torch import nn

from models.placement import Placement
from models.training import train
from models.weight_update import WeightUpdate

HERE = Placement(torch.device("cpu"))


class Line:
    """Fits y = 2 x; `poison` is the step whose batch is not a number, `twin` what verifying gives."""

    def __init__(self, total_steps=6, poison=None, twin: Callable[[], dict[str, float]] = dict):
        self.model = nn.Linear(1, 1)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)
        self.total_steps, self.poison, self.twin = total_steps, poison, twin
        self.asked_first: dict[str, float] = {}
        self.drawn, self.verified, self.looked_at, self.finished = 0, [], [], False

    def check_before_training(self):
        return self.asked_first

    def next_batch(self, step):
        self.drawn += 1
        self.last_drawn = step
        return torch.full((4, 1), float("nan") if self.drawn == self.poison else float(self.drawn))

    def loss(self, batch):
        return (self.model(batch) - 2 * batch).square().mean(), {"accuracy": 0.5}

    def agreed(self, values):
        return dict(values)

    def learning_rate(self, step):
        return 0.01 / (step + 1)

    def update(self, loss, rate):
        WeightUpdate(self.model, self.optimizer, "float32", 0.0, HERE).apply(loss, rate)

    def finish(self):
        self.finished = True

    def due_evaluation(self, step):
        return "" if step % 3 else "held_out" if step == self.total_steps else "validation"

    def evaluate(self, kind):
        self.looked_at.append(kind)
        return {"loss": 1.0, "accuracy": 0.25}

    def verify_twins(self, batch):
        self.verified.append(float(batch[0]))
        return self.twin()


def test_each_step_is_counted_once_and_carries_all_that_belongs_to_it():
    task = Line(twin=lambda: {"cnn/conv2d": 1e-7})
    steps = list(train(task))
    assert [step.step for step in steps] == [1, 2, 3, 4, 5, 6]
    kinds = [[(line.kind, line.step) for line in step.measured] for step in steps]
    assert kinds[0] == [("twin", 0), ("train", 1), ("gradients", 1)]
    assert kinds[1] == [("train", 2), ("gradients", 2)]
    assert kinds[2] == [("train", 3), ("gradients", 3), ("twin", 3), ("validation", 3)]
    assert kinds[5] == [("train", 6), ("gradients", 6), ("twin", 6), ("held_out", 6)]
    assert task.finished
    assert task.looked_at == ["validation", "held_out"]
    assert task.verified == [1.0, 3.0, 6.0]


def test_the_loss_falls_and_the_rate_of_each_step_is_the_schedules(monkeypatch):
    task = Line(total_steps=5)
    monkeypatch.setattr(task, "next_batch", lambda _: torch.ones(4, 1))
    steps = list(train(task))
    assert all(before.loss > after.loss for before, after in pairwise(steps))
    assert [step.measured[0].values["lr"] for step in steps] == [0.01 / (n + 1) for n in range(5)]
    assert task.optimizer.param_groups[0]["lr"] == 0.01 / 5


def test_a_loss_that_is_not_finite_ends_it_and_changes_no_weight():
    task = Line(poison=3)
    weights = []
    for metrics in train(task):
        if metrics.is_finite:
            weights = [parameter.clone() for parameter in task.model.parameters()]
    assert (metrics.step, metrics.is_finite) == (3, False)
    assert all(torch.equal(new, old) for new, old in zip(task.model.parameters(), weights, strict=True))
    assert task.drawn == 3


def test_going_on_takes_only_the_steps_that_are_left_and_verifies_no_first_batch():
    task = Line(twin=lambda: {"cnn/conv2d": 0.0})
    assert [step.step for step in train(task, finished_steps=4)] == [5, 6]
    assert task.verified == [2.0]
    assert task.last_drawn == 5
    assert list(train(task, finished_steps=6)) == []


def test_without_twins_no_line_speaks_of_them():
    assert not any(line.kind == "twin" for step in train(Line()) for line in step.measured)


def test_what_the_task_raises_comes_out_of_the_loop():
    with pytest.raises(ZeroDivisionError):
        next(train(Line(twin=lambda: {"cnn/conv2d": 1 / 0})))


def test_what_must_hold_of_the_whole_net_is_asked_once_before_the_first_step():
    line = Line()
    line.asked_first = {"change": 0.0}
    first, second, *_ = train(line)
    assert (first.measured[0].step, first.measured[0].kind, first.measured[0].values) == (
        0,
        "causality",
        {"change": 0.0},
    )
    assert all(each.kind != "causality" for each in second.measured)
    assert all(each.kind != "causality" for step in train(line, finished_steps=1) for each in step.measured)
