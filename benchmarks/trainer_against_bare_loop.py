"""How much of a bare loop's speed the trainer keeps: python benchmarks/trainer_against_bare_loop.py [cnn | rnn]

Both train the same net on the same batches, ResNet-20 on digits or a character model of torch's own nn.LSTM on plays, a
few steps of one and a few of the other in turn, so that whatever else the machine does meets both alike. The bare loop
gets its batches ready-made; the trainer makes its own, measures, writes metrics and status, and saves a checkpoint
every 15 s. Held-out evaluation and the check of the twins come at most once an epoch and are left out.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as in the trainer
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from torch import Tensor, nn

from models.data_store import DataStore
from models.metric import examples_of
from models.placement import place
from models.presets import part_ids, settings_for
from models.run_config import Part, RunConfig
from models.run_directory import RunDirectory
from models.status_board import StatusBoard
from models.stop_signals import StopSignals
from models.tasks.from_config import prepare
from models.training_session import TrainingSession

GOALS = {"cnn": 0.97, "rnn": 0.95}
STEPS, WARM_UP, ROUNDS = 5, 5, 16


class BareLoop:
    """Forward, backward, update: nothing else."""

    def __init__(self, run: RunDirectory) -> None:
        self.task: Any = prepare(run.config(), run.modules, DataStore(), place("cpu", 0)).task
        self.task.model.train()
        self.state = None  # of an LSTM, carried from batch to batch
        assert run.config().project == "cnn" or type(self.task.model.layers) is nn.LSTM

    def seconds(self) -> float:
        """The time that the next few steps take, their batches not counted."""
        batches = [self.task.next_batch(step) for step in range(STEPS)]
        model, optimizer = self.task.model, self.task.optimizer
        began = time.perf_counter()
        for batch in batches:
            loss = self._loss(model, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            if self.state is not None:
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        return time.perf_counter() - began

    def _loss(self, model: nn.Module, batch: Any) -> Tensor:
        if not hasattr(batch, "ids"):
            return nn.functional.cross_entropy(model(batch.images), batch.labels)
        logits, state = model(batch.ids, self.state)
        self.state = tuple(part.detach() for part in state)
        return nn.functional.cross_entropy(logits.flatten(0, 1), batch.targets.flatten())


class TakingTurns(StopSignals):
    """Asked by the trainer after each step whether to stop: the place to stop its clock and run the other."""

    def __init__(self, bare: BareLoop) -> None:
        self.bare, self.steps = bare, -1  # it asks once before its first step
        self.pairs: list[tuple[float, float]] = []  # seconds of (bare loop, trainer) for the same steps
        self.began = time.perf_counter()

    @property
    def requested(self) -> bool:
        self.steps += 1
        if self.steps % STEPS == 0:
            trainer = time.perf_counter() - self.began
            if self.steps:
                self.pairs.append((self.bare.seconds(), trainer))
            self.began = time.perf_counter()
        return False


def make_run(folder: Path, project: str) -> RunDirectory:
    """A run on references alone, long enough for all rounds and without an evaluation before its end."""
    changes = {"iterations": str(STEPS * (WARM_UP + ROUNDS)), "evaluate_every_epochs": "1000"}
    parts = tuple(Part(exercise_id, "reference", "", "", "", "benchmark") for exercise_id in part_ids(project))
    config = RunConfig(
        id="benchmark", project=project, preset="quick", seed=0, device="cpu", threads=0, twin=True, total_steps=0,
        settings=settings_for(project, "quick", changes), dataset={}, parts=parts, workspace_id="",
        created_at="2025-01-01T00:00:00+00:00", versions={},
    )  # fmt: skip
    return RunDirectory.create(folder, config)


def main(project: str = "cnn") -> int:
    """Print the ratio; 1 if it misses the goal."""
    with tempfile.TemporaryDirectory() as folder:
        run = make_run(Path(folder), project)
        turns = TakingTurns(BareLoop(run))
        session = TrainingSession(run, run.config(), StatusBoard(run, 0), turns)
        session.train()
        examples = STEPS * session.task.examples_per_step
        unit = examples_of(run.config().settings)
    pairs = turns.pairs[WARM_UP:]
    ratio = statistics.median(bare / trainer for bare, trainer in pairs)
    bare, trainer = (examples / statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    print(f"bare loop {bare:,.0f} {unit}/s, trainer {trainer:,.0f} {unit}/s (medians of {len(pairs)} turns)")
    print(f"trainer / bare loop: {ratio:.3f}, goal at least {GOALS[project]}")
    return 0 if ratio >= GOALS[project] else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
