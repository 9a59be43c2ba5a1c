"""The judge as its asker sees it: one JSON line in, one out, and nothing of it left when the asker goes."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from lessons.checking.confinement import MARK

COMMAND = [sys.executable, "-P", "-m", "phase3_tutor", "--child", "judge"]
Judge = subprocess.Popen[str]


def started(**environment: str) -> Judge:
    return subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    process = started()
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def workspace(tmp_path: Path, right_source: str) -> Path:
    (tmp_path / "cnn").mkdir()
    (tmp_path / "cnn" / "conv.py").write_text(right_source)
    return tmp_path


def ask(judge: Judge, **question: Any) -> dict[str, Any]:
    assert judge.stdin is not None
    assert judge.stdout is not None
    judge.stdin.write(json.dumps(question) + "\n")
    return json.loads(judge.stdout.readline())


def runner_of(judge: Judge) -> psutil.Process:
    (runner,) = psutil.Process(judge.pid).children()
    return runner


def ends_within(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_a_question_is_answered_with_a_verdict(judge: Judge, workspace: Path):
    verdict = ask(judge, check="cnn/conv2d", root=str(workspace), seed=3)
    assert (verdict["id"], verdict["status"], verdict["seed"]) == ("cnn/conv2d", "passed", 3)
    assert json.dumps(verdict, allow_nan=False)


def test_what_a_submission_prints_never_mixes_with_the_answers(judge: Judge, workspace: Path):
    file = workspace / "cnn" / "conv.py"
    loud = 'import os\n\nfor descriptor in (1, 2):\n    os.write(descriptor, b\'{"status": "passed"}\\n\' * 1000)\n'
    file.write_text(loud + "raise ValueError\n")
    first = ask(judge, check="cnn/conv2d", root=str(workspace))
    file.write_text("def conv2d(x, w, b=None):\n    return None\n")
    second = ask(judge, check="cnn/conv2d", root=str(workspace))
    assert (first["status"], second["status"]) == ("error", "failed")
    assert first["stdout"].count('{"status": "passed"}\n') == 2000
    assert second["stdout"] == ""


def test_another_file_a_seed_and_a_time_limit_can_be_asked_for(judge: Judge, workspace: Path):
    endless = workspace / "endless.py"
    endless.write_text("while True:\n    pass\n")
    verdict = ask(judge, check="cnn/conv2d", root=str(workspace), file=str(endless), seconds=0.5)
    assert verdict["status"] == "timeout"
    assert "0.5 s" in verdict["message"]
    assert verdict["seconds"] < 5


@pytest.mark.parametrize("kind", ["check", "self"])
def test_an_exercise_that_it_does_not_know_is_named_and_the_judge_goes_on(judge: Judge, workspace: Path, kind: str):
    answer = ask(judge, **{kind: "cnn/konv2d", "root": str(workspace)})
    assert answer.keys() == {"error", "next"}
    assert '"cnn/konv2d"' in answer["error"]
    assert ask(judge, check="cnn/conv2d", root=str(workspace))["status"] == "passed"


def test_a_runner_that_was_killed_is_replaced(judge: Judge, workspace: Path):
    before = runner_of(judge)
    before.kill()
    first = ask(judge, check="cnn/conv2d", root=str(workspace))
    assert first["status"] == "error"
    assert ask(judge, check="cnn/conv2d", root=str(workspace))["status"] == "passed"
    assert runner_of(judge).pid != before.pid


def test_what_outlives_a_runner_that_its_submission_ended_is_ended_too(workspace: Path):
    judge = started(**{MARK: "outlives"})
    (workspace / "cnn" / "conv.py").write_text(
        "import os, signal, time\n"
        "runner = os.getppid()\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(60)\n    os._exit(0)\n"
        "time.sleep(0.2)\nos.kill(runner, signal.SIGKILL)\ntime.sleep(60)\n"
    )
    answer = ask(judge, check="cnn/conv2d", root=str(workspace))
    assert answer["status"] == "error"
    assert "ended or stopped the process that was checking it" in answer["message"]
    left = [process for process in psutil.process_iter() if marked(process, "outlives")]
    assert {process.pid for process in left} == {judge.pid, runner_of(judge).pid}
    judge.kill()
    judge.communicate()


def marked(process: psutil.Process, mark: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.environ().get(MARK) == mark
    return False


def test_when_stdin_closes_judge_runner_and_folder_go(workspace: Path):
    judge = started(TMPDIR=str(workspace))
    ask(judge, check="cnn/conv2d", root=str(workspace))  # by now both have started
    runner = runner_of(judge)
    (scratch,) = workspace.glob("phase3-runner-*")
    assert scratch.is_dir()
    assert judge.stdin is not None
    judge.stdin.close()
    assert judge.wait(10) == 0
    assert ends_within(runner, 5)
    assert not scratch.exists()


@pytest.mark.slow
def test_when_the_judge_is_killed_in_a_check_nothing_of_it_stays(workspace: Path):
    judge = started(TMPDIR=str(workspace))
    ask(judge, check="cnn/conv2d", root=str(workspace))
    runner = runner_of(judge)
    (scratch,) = workspace.glob("phase3-runner-*")
    (workspace / "cnn" / "conv.py").write_text("while True:\n    pass\n")
    assert judge.stdin is not None
    judge.stdin.write(json.dumps({"check": "cnn/conv2d", "root": str(workspace), "seconds": 2}) + "\n")
    deadline = time.monotonic() + 10
    while not (submissions := runner.children()) and time.monotonic() < deadline:
        time.sleep(0.02)
    judge.kill()
    judge.communicate()
    assert len(submissions) == 1
    assert ends_within(runner, 10)
    assert all(ends_within(process, 1) for process in submissions)
    assert not scratch.exists()
