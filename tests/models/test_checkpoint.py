import os
import random
import zipfile

import numpy as np
import pytest
import torch

from models.atomic_file import replacing
from models.checkpoint import (
    CheckpointDamaged,
    load_checkpoint,
    random_state,
    restore_random_state,
    save_checkpoint,
    set_damaged_aside,
)
from models.run_directory import RunDirectory


@pytest.fixture
def run(tmp_path):
    return RunDirectory(tmp_path)


def load(run):
    loaded = load_checkpoint(run)
    assert loaded is not None
    return loaded


def state(step):
    return {"step": step, "model": {"weight": torch.arange(1000.0) + step}}


def test_a_saved_checkpoint_is_loaded_and_the_one_before_it_is_kept(run):
    assert load_checkpoint(run) is None
    save_checkpoint(run, state(1))
    save_checkpoint(run, state(2))
    loaded = load(run)
    assert (loaded.state["step"], loaded.path, loaded.damage) == (2, run.checkpoint, "")
    assert torch.equal(loaded.state["model"]["weight"], torch.arange(1000.0) + 2)
    assert torch.load(run.previous_checkpoint, weights_only=True)["step"] == 1


def flip_a_data_byte(path):
    with zipfile.ZipFile(path) as archive:
        info = next(info for info in archive.infolist() if info.filename.endswith("data/0"))
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + 200] ^= 1
    path.write_bytes(content)


DAMAGES = {
    "a flipped byte": flip_a_data_byte,
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "no checkpoint at all": lambda path: torch.save({"something": "else"}, path),
    "a list": lambda path: torch.save([1, 2], path),
    "code instead of weights": lambda path: torch.save({"format": 1, "step": os.getcwd}, path),
}


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_a_damaged_checkpoint_is_seen_and_the_one_before_it_used(damage, run):
    save_checkpoint(run, state(1))
    save_checkpoint(run, state(2))
    DAMAGES[damage](run.checkpoint)
    loaded = load(run)
    assert (loaded.state["step"], loaded.path) == (1, run.previous_checkpoint)
    assert "checkpoint.pt is damaged" in loaded.damage


def test_torch_alone_would_have_taken_the_flipped_byte(run):
    """The reason for reading the zip's own checksums first; if this fails one day, they can go."""
    save_checkpoint(run, state(1))
    flip_a_data_byte(run.checkpoint)
    loaded = torch.load(run.checkpoint, weights_only=True)
    assert not torch.equal(loaded["model"]["weight"], torch.arange(1000.0) + 1)


def test_a_damaged_checkpoint_never_pushes_the_good_one_out(run):
    save_checkpoint(run, state(1))
    save_checkpoint(run, state(2))
    run.checkpoint.write_bytes(b"")
    set_damaged_aside(run, load(run))
    save_checkpoint(run, state(3))
    assert load(run).state["step"] == 3
    assert torch.load(run.previous_checkpoint, weights_only=True)["step"] == 1
    assert (run.path / "checkpoint.damaged.pt").exists()


def test_two_damaged_checkpoints_are_refused_and_not_silently_started_over(run):
    save_checkpoint(run, state(1))
    save_checkpoint(run, state(2))
    for path in (run.checkpoint, run.previous_checkpoint):
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(CheckpointDamaged, match=r"checkpoint\.pt is damaged .* checkpoint\.prev\.pt is damaged"):
        load_checkpoint(run)


def test_killed_between_the_two_renames_it_goes_on_from_the_one_before(run):
    save_checkpoint(run, state(1))
    os.replace(run.checkpoint, run.previous_checkpoint)
    assert load(run).state["step"] == 1


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_fails_leaves_both_checkpoints_and_no_draft(call, run, monkeypatch):
    save_checkpoint(run, state(1))
    save_checkpoint(run, state(2))

    def fails(*_):
        raise OSError(28, "No space left on device")

    if call == "write":
        monkeypatch.setattr(torch, "save", fails)
    else:
        monkeypatch.setattr(os, call, fails)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(run, state(3))
    monkeypatch.undo()
    assert load(run).state["step"] == 2
    assert sorted(path.name for path in run.path.iterdir()) == ["checkpoint.prev.pt", "checkpoint.pt"]
    save_checkpoint(run, state(3))
    assert load(run).state["step"] == 3


def seed_all(seed):
    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed)


def test_every_random_generator_goes_on_where_it_was(run):
    seed_all(1)
    random.gauss(0, 1)  # both keep a second number for the next call
    np.random.randn()
    with replacing(run.path / "state.pt") as file:
        torch.save(random_state(), file)
    expected = [torch.rand(3), random.gauss(0, 1), random.random(), np.random.randn(), np.random.rand()]
    seed_all(9)
    restore_random_state(torch.load(run.path / "state.pt", weights_only=True))
    found = [torch.rand(3), random.gauss(0, 1), random.random(), np.random.randn(), np.random.rand()]
    assert torch.equal(found[0], expected[0])
    assert found[1:] == expected[1:]
