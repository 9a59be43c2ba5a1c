"""Runs for tests: their modules are the shipped references under a learner's file names."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from models import trainer
from models.checkpoint import load_checkpoint
from models.presets import part_ids, settings_for
from models.run_config import Part, RunConfig
from models.run_directory import RunDirectory
from models.stop_signals import StopSignals

ROOT = Path(__file__).resolve().parents[2]
# exercise -> the learner's file, its symbol, the reference's file
SOURCES = {
    "cnn/conv2d": ("cnn/conv.py", "conv2d", "conv.py"),
    "cnn/batchnorm2d": ("cnn/normalisation.py", "BatchNorm2d", "batchnorm.py"),
    "cnn/basic_block": ("cnn/blocks.py", "BasicBlock", "blocks.py"),
    "cnn/resnet": ("cnn/resnet.py", "ResNet", "resnet.py"),
}
TINY = {"num_blocks": "1", "iterations": "12", "epochs": "0", "batch_size": "16"}
SPEECH = (
    "KING LEAR:\nBlow, winds, and crack your cheeks! rage! blow!\nYou cataracts and hurricanoes, spout\n\nFOOL:\nO!\n\n"
)
MakeRun = Callable[..., RunDirectory]


def learner_file(exercise_id: str) -> str:
    """The reference's source as a learner would have it: it imports siblings, not us."""
    text = (ROOT / "models" / SOURCES[exercise_id][2]).read_text()
    # jaxtyping is no learner's import: its shapes become plain dictionaries that answer to any key.
    text = re.sub(
        r"from jaxtyping import (\w+)\n",
        r"\nfrom collections import defaultdict\n\1 = defaultdict(lambda: Tensor)\n",
        text,
    )
    return text.replace("from models.blocks", "from cnn.blocks")


@pytest.fixture
def make_run(tmp_path: Path) -> MakeRun:
    """A new run under tmp_path/runs; `files` replaces a learner's file, `references` names parts to stand in."""

    def make(
        name: str = "cnn-quick-001",
        files: dict[str, str] | None = None,
        references: tuple[str, ...] = (),
        changes: dict[str, str] | None = None,
        preset: str = "quick",
        **config: Any,
    ) -> RunDirectory:
        values: dict[str, Any] = {
            "project": "cnn", "preset": preset, "seed": 7, "device": "cpu", "threads": 1, "twin": True,
            "total_steps": 0, "dataset": {}, "workspace_id": "w", "versions": {},
            "created_at": "2025-01-01T00:00:00+00:00",
            "settings": settings_for("cnn", preset, TINY if changes is None else TINY | changes),
        }  # fmt: skip
        parts = tuple(_part(exercise_id, references) for exercise_id in part_ids("cnn"))
        run = RunDirectory.create(tmp_path / "runs", RunConfig(id=name, parts=parts, **(values | config)))
        for exercise_id, (file, _, _) in SOURCES.items():
            path = run.modules / file
            path.parent.mkdir(exist_ok=True)
            path.write_text((files or {}).get(file) or learner_file(exercise_id))
        return run

    return make


def _part(exercise_id: str, references: tuple[str, ...]) -> Part:
    file, symbol, _ = SOURCES[exercise_id]
    if exercise_id in references:
        return Part(exercise_id, "reference", file, symbol, "", "not passed yet")
    return Part(exercise_id, "learner", file, symbol, "f" * 8)


@pytest.fixture
def small_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of data with a small text in the place of tiny Shakespeare."""
    folder = tmp_path / "data" / "shakespeare"
    folder.mkdir(parents=True)
    (folder / "input.txt").write_text((SPEECH * 1000)[:101_000])
    monkeypatch.setenv("PHASE3_DATA", str(folder.parent))


@pytest.fixture
def train_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[RunDirectory], int]]:
    """Train a run in this process, and put back what that changes."""
    monkeypatch.setattr(StopSignals, "install", lambda _: None)
    monkeypatch.setattr(trainer, "_stand_back", lambda: None)
    threads, before = torch.get_num_threads(), list(sys.meta_path)
    yield lambda run: trainer.main([str(run.path)])
    torch.set_num_threads(threads)
    sys.meta_path[:] = before


@pytest.fixture
def start_trainer() -> Callable[[RunDirectory], subprocess.Popen[str]]:
    """Start the trainer child of a run as a process of its own."""
    code = "import sys; from models.trainer import main; sys.exit(main(sys.argv[1:]))"

    def start(run: RunDirectory) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(run.path)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return start


@pytest.fixture
def metrics_of() -> Callable[[RunDirectory], list[dict[str, Any]]]:
    """Every line of a run's metrics.jsonl."""
    return lambda run: [json.loads(line) for line in run.metrics.read_text().splitlines()]


def saved_state(run: RunDirectory) -> dict[str, Any]:
    """What the run's newest checkpoint holds."""
    loaded = load_checkpoint(run)
    assert loaded is not None
    return loaded.state
