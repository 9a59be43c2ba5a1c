"""The main road once, from outside: the same for an editable install and, by PHASE3_TUTOR_COMMAND, for a wheel."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY_CALL = """
import torch.nn.functional as F

def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    return F.conv2d(x, w, b, stride, padding, dilation)
"""
COMMAND = os.environ.get("PHASE3_TUTOR_COMMAND")


def tutor(*arguments: str, workspace: Path) -> subprocess.CompletedProcess[str]:
    command = [COMMAND] if COMMAND else [sys.executable, "-P", "-m", "phase3_tutor"]
    environment = os.environ | {
        "PHASE3_WORKSPACE": str(workspace),
        "PHASE3_DATA": str(workspace.parent / "data"),
    }
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=workspace.parent,
        timeout=240,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "phase3"
    made = tutor("init", str(folder), workspace=folder)
    assert made.returncode == 0, made.stderr
    return folder


def test_a_new_workspace_has_stubs_and_says_what_is_next(workspace: Path):
    status = json.loads(tutor("status", "--json", workspace=workspace).stdout)

    assert (workspace / "cnn" / "conv.py").is_file()
    assert status["next"]["command"] == "phase3-tutor check cnn/conv2d"
    assert status["phase4"]["unlocked"] is False


def test_a_stub_is_missing_and_a_wrong_convolution_is_named(workspace: Path):
    untouched = tutor("check", "cnn/conv2d", "--json", workspace=workspace)
    assert untouched.returncode == 1, untouched.stderr
    assert json.loads(untouched.stdout)["results"][0]["status"] == "missing"

    file = workspace / "cnn" / "conv.py"
    file.write_text(LIBRARY_CALL)
    named = tutor("check", "cnn/conv2d", "--json", workspace=workspace)

    assert named.returncode == 1, named.stderr
    assert json.loads(named.stdout)["results"][0]["mistake"] == "library-shortcut"


def test_the_lesson_and_the_data_sets_are_there(workspace: Path):
    lesson = tutor("lesson", "cnn/convolution", "--ascii", workspace=workspace)
    data = tutor("data", "list", "--json", workspace=workspace)

    assert lesson.returncode == 0, lesson.stderr
    assert "cross-correlation" in lesson.stdout
    assert {entry["name"]: entry["present"] for entry in json.loads(data.stdout)["data"]} == {
        "digits": True,
        "cifar10": False,
        "plays": True,
        "shakespeare": False,
        "number-words": True,
        "multi30k": False,
    }
