"""The learner's path by keys, in a real terminal of 80x24: a wrong batch norm is named, then a right one passes."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from lessons.catalog import exercises_by_id
from tutor.workspace import Workspace

from .conftest import COMMAND

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")


class Terminal:
    """One tmux of its own, 80x24, with the tutor in it."""

    def __init__(self, socket: Path, workspace: Workspace) -> None:
        self.base = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        tutor = ["env", "-u", "COLORTERM", 'EDITOR=sh -c "sleep 3"', *COMMAND, "--workspace", str(workspace.root)]
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", "-s", "t", *tutor)

    def tmux(self, *arguments: str) -> str:
        return subprocess.run([*self.base, *arguments], capture_output=True, text=True, check=True).stdout

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "t", *keys)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "t")

    def wait_for(self, text: str, seconds: float = 60.0) -> str:
        deadline = time.monotonic() + seconds
        while text not in (seen := self.screen()):
            assert time.monotonic() < deadline, f"no {text!r} on the screen:\n{seen}"
            time.sleep(0.05)
        return seen

    def close(self) -> None:
        subprocess.run([*self.base, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(workspace: Workspace, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path / "tmux", workspace)
    yield opened
    opened.close()


def test_a_wrong_batch_norm_is_named_and_the_right_one_passes(terminal: Terminal, workspace: Workspace):
    exercise = exercises_by_id()["cnn/batchnorm2d"]
    right = workspace.file_of(exercise).read_bytes()
    wrong = exercise.folder / "mistakes" / "batch_statistics_in_evaluation.py"
    workspace.file_of(exercise).write_bytes(wrong.read_bytes())

    terminal.wait_for("phase3-tutor")
    terminal.wait_for("batchnorm2d")
    choose(terminal, "batchnorm2d")
    terminal.press("Enter")
    terminal.wait_for("normalisation.py")
    terminal.press("c")
    terminal.wait_for("batch-statistics-in-evaluation")
    workspace.file_of(exercise).write_bytes(right)
    terminal.press("c")
    terminal.wait_for("PASSED")


def test_a_terminal_that_goes_away_while_the_editor_is_open_leaves_no_process(terminal: Terminal, workspace: Workspace):
    terminal.wait_for("batchnorm2d")
    choose(terminal, "batchnorm2d")
    terminal.press("Enter")
    terminal.wait_for("normalisation.py")
    terminal.press("e")  # the app comes back to a terminal that is gone, with a new thread that reads keys
    time.sleep(1.0)
    assert apps_of(workspace)

    terminal.close()

    deadline = time.monotonic() + 15
    while apps_of(workspace) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not apps_of(workspace)


def apps_of(workspace: Workspace) -> list[int]:
    """Processes that were started with this workspace, and its judges."""
    return [process.pid for process in psutil.process_iter(["cmdline"])
            if str(workspace.root) in (process.info["cmdline"] or [])]  # fmt: skip


def choose(terminal: Terminal, name: str) -> None:
    """Move the pointer to the row with this name."""
    for _ in range(30):
        if any(line.startswith(" ›") and name in line for line in terminal.screen().splitlines()):
            return
        terminal.press("Down")
        time.sleep(0.15)
    raise AssertionError(f"{name} was never pointed at:\n{terminal.screen()}")
