"""A run belongs to no terminal: it is started, killed, resumed, and gives the numbers of one that was not."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from models.runs import RunDirectory, find_run
from tutor.workspace import Workspace

from .conftest import COMMAND, Tutor

TINY = ("--set", "num_blocks=1", "--set", "epochs=2", "--set", "checkpoint_seconds=0.2")


def test_a_run_killed_with_9_resumes_to_the_same_numbers(tutor: Tutor, workspace: Workspace):
    assert tutor("check", "cnn").returncode == 0
    whole = tutor("train", "cnn", *TINY)
    assert whole.returncode == 0, whole.stderr
    assert tutor("train", "cnn", *TINY, "--detach").returncode == 0

    run = find_run(workspace.runs, "cnn-quick-002")
    wait_for(lambda: run.checkpoint.exists() and run.status().step > 3)
    os.kill(run.status().pid, signal.SIGKILL)
    wait_for(lambda: run.status().state == "died")
    listed = json.loads(tutor("runs", "list", "--json").stdout)["runs"]
    resumed = tutor("runs", "resume", "cnn-quick-002")

    assert [row["state"] for row in listed] == ["died", "finished"]
    assert resumed.returncode == 0, resumed.stderr
    assert run.status().state == "finished"
    assert run.metrics.read_bytes() == find_run(workspace.runs, "cnn-quick-001").metrics.read_bytes()
    assert run.config().is_evidence
    status = json.loads(tutor("status", "--json").stdout)
    assert status["projects"][0]["id"] == "cnn"
    assert status["projects"][0]["best_run"] in ("cnn-quick-001", "cnn-quick-002")


def test_leaving_by_ctrl_c_leaves_the_run_going_and_stop_ends_it(tutor: Tutor, workspace: Workspace):
    follower = subprocess.Popen(
        [*COMMAND, "train", "cnn", "--set", "epochs=200"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    run = RunDirectory(workspace.runs / "cnn-quick-001")
    wait_for(lambda: (run.path / "status.json").exists() and run.status().step > 0, seconds=120)
    follower.send_signal(signal.SIGINT)
    _, said = follower.communicate(timeout=30)

    assert run.status().state == "running"
    assert "runs follow cnn-quick-001" in said
    stopped = tutor("runs", "stop", "cnn-quick-001")
    assert stopped.returncode == 0, stopped.stderr
    assert run.status().state == "stopped"
    assert not run.is_alive()


def test_a_reference_in_the_place_of_a_part_is_said_and_is_no_evidence(tutor: Tutor, workspace: Workspace):
    norm = workspace.root / "cnn" / "normalisation.py"
    norm.write_text(norm.read_text().replace("correction=0", "correction=1"))

    trained = tutor("train", "cnn", *TINY)

    assert trained.returncode == 0, trained.stderr
    assert "The reference stands in for cnn/batchnorm2d" in trained.stderr
    assert "no evidence" in trained.stderr
    config = find_run(workspace.runs, "last").config()
    assert {part.exercise_id: part.source for part in config.parts}["cnn/batchnorm2d"] == "reference"
    assert not config.is_evidence
    assert json.loads(tutor("status", "--json").stdout)["projects"][0]["best_run"] is None


def test_feature_maps_of_every_stage_are_drawn_in_plain_text(tutor: Tutor, workspace: Workspace):
    assert tutor("train", "cnn", *TINY).returncode == 0

    shown = tutor("show", "features", "last", "--ascii", "--channels", "2")

    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.isascii()
    for place in ("stem", "stage 1", "stage 2", "stage 3"):
        assert place in shown.stdout, shown.stdout
    assert tutor("show", "features", "nonsense").returncode == 2
    assert Path(workspace.runs).is_dir()


def wait_for(condition, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
