import pytest
import torch

from models.checkpoint_keeper import CannotSave, CheckpointKeeper
from models.metrics_file import MetricsFile
from models.run_directory import RunDirectory


@pytest.fixture
def keeper(tmp_path):
    return CheckpointKeeper(RunDirectory(tmp_path), MetricsFile(tmp_path / "metrics.jsonl", None), 0.0, 0)


@pytest.fixture
def full_disk(monkeypatch):
    """Make every save fail the way torch words a full disk; undo it by calling what this returns."""

    def fails(*_):
        raise RuntimeError("[enforce fail at inline_container.cc:664] . unexpected pos 64 vs 0\nframe #0")

    monkeypatch.setattr(torch, "save", fails)
    return monkeypatch.undo


def test_two_failures_are_told_and_the_next_success_forgets_them(keeper, full_disk):
    assert keeper.save({"step": 1}).startswith("the disk did not take all of it (")
    keeper.save({"step": 2})
    full_disk()
    assert keeper.save({"step": 3}) == ""
    assert (keeper.failures, keeper.saved_step) == (0, 3)


@pytest.mark.usefixtures("full_disk")
def test_the_third_failure_in_a_row_ends_it_with_the_step_it_would_go_on_from(keeper):
    keeper.saved_step = 40
    keeper.save({"step": 41})
    keeper.save({"step": 42})
    with pytest.raises(CannotSave, match="3 checkpoints in a row") as refusal:
        keeper.save({"step": 43})
    assert "goes on from step 40" in refusal.value.next_step


def test_a_checkpoint_never_goes_ahead_of_its_metrics(keeper, monkeypatch):
    def fails():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeper.metrics, "sync", fails)
    assert "No space left" in keeper.save({"step": 1})
    assert not keeper.run.checkpoint.exists()


def test_it_is_due_again_only_after_its_time(keeper):
    keeper.every_s = 3600.0
    assert not keeper.is_due
    keeper.every_s = 0.0
    assert keeper.is_due
