"""What the journeys share: a workspace with the solutions in it, and the command line as a person starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.solutions import write_solutions
from tutor.workspace import Workspace, init_workspace

COMMAND = [sys.executable, "-P", "-m", "phase3_tutor"]

Tutor = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose files hold the solutions, unchecked."""
    monkeypatch.setenv("PHASE3_WORKSPACE", str(tmp_path / "phase3"))
    monkeypatch.setenv("PHASE3_DATA", str(tmp_path / "data"))
    made = init_workspace(tmp_path / "phase3").workspace
    write_solutions(made.root)
    return made


@pytest.fixture
def tutor(workspace: Workspace) -> Tutor:
    """Run one verb to its end, without a terminal."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            text=True,
            env=dict(os.environ),
            cwd=workspace.root,
            timeout=300,
        )

    return run
