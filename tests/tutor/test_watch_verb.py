"""`watch` in a shell: a line for each save at once, then its verdict; Ctrl-C is its proper end."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from queue import Empty, Queue

import psutil
import pytest

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from progress.evidence import EvidenceStore
from tutor.save_checking import SaveChecking

CONV, NORM = exercises_by_id()["cnn/conv2d"], exercises_by_id()["cnn/batchnorm2d"]
COMMAND = [sys.executable, "-P", "-m", "phase3_tutor", "watch"]


async def until(capfd, words: str, seconds=5.0) -> str:
    """What was said, once the words are in it; in vain, the next assertion fails."""
    said, end = "", time.monotonic() + seconds
    while words not in said and time.monotonic() < end:
        await asyncio.sleep(0.02)
        said += capfd.readouterr().out
    return said


@pytest.fixture
async def watching(workspace, judge):
    """A watch of every exercise, as the verb starts it without targets."""
    task = asyncio.create_task(SaveChecking(workspace, curriculum().exercises, False, False).run(at_once=False))
    await asyncio.sleep(0.4)
    yield judge
    task.cancel()
    await asyncio.wait([task])
    assert judge.closed == 1


async def test_each_save_is_answered_by_its_line_and_its_verdict_which_is_recorded(watching, workspace, solve, capfd):
    solve("cnn/conv2d")
    said = await until(capfd, "PASSED")
    assert said.index("saved: cnn/conv.py") < said.index("PASSED")
    assert EvidenceStore(workspace.record_folder).verdicts()["cnn/conv2d"].status == "passed"
    watching.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "Turned.", mistake="flipped-kernel")
    workspace.file_of(CONV).write_text("conv2d = 2\n")
    assert "flipped-kernel" in await until(capfd, "flipped-kernel")


@pytest.mark.usefixtures("judge")
async def test_what_is_named_and_written_is_checked_at_once_and_a_stub_is_not(workspace, solve, capfd):
    solve("cnn/conv2d")
    task = asyncio.create_task(SaveChecking(workspace, [CONV, NORM], False, False).run(at_once=True))
    said = await until(capfd, "PASSED")
    task.cancel()
    await asyncio.wait([task])
    assert "PASSED" in said
    assert "NOT STARTED" not in said


async def test_a_hanging_check_makes_way_for_the_newer_save_and_no_other_is_forgotten(
    watching, workspace, capfd, monkeypatch
):
    begun, proper = [], watching.check

    async def hangs_on_the_first(self, exercise_id, *rest, **more):
        begun.append(exercise_id)
        if len(begun) == 1:
            await asyncio.sleep(60)
        return await proper(self, exercise_id, *rest, **more)

    monkeypatch.setattr("tutor.watching.HANGS_S", 0.2)
    monkeypatch.setattr(watching, "check", hangs_on_the_first)
    for exercise in (CONV, NORM):
        workspace.file_of(exercise).write_text(f"{exercise.symbol} = 1\n")
    await until(capfd, "saved")
    await asyncio.sleep(0.3)
    workspace.file_of(CONV).write_text("conv2d = 2\n")
    assert "cnn/batchnorm2d" in await until(capfd, "cnn/batchnorm2d")
    assert begun == ["cnn/conv2d", "cnn/conv2d", "cnn/batchnorm2d"]


async def test_a_file_system_without_events_is_said(workspace, judge, capfd, monkeypatch):
    monkeypatch.setattr("tutor.save_checking.file_system_without_events", lambda _folder: "nfs4")
    task = asyncio.create_task(SaveChecking(workspace, [CONV], False, False).run(at_once=False))
    assert "(nfs4) may not tell of changes" in " ".join((await until(capfd, "instead.")).split())
    workspace.file_of(CONV).write_text("conv2d = 2\n")
    assert "saved: cnn/conv.py" in await until(capfd, "saved")
    task.cancel()
    await asyncio.wait([task])
    assert judge.closed == 1


def test_in_a_pipe_it_is_plain_and_ctrl_c_ends_it_with_0_and_no_process_left(workspace):
    watch = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said: Queue[str] = Queue()
    threading.Thread(target=lambda: [said.put(line) for line in watch.stdout or ()], daemon=True).start()
    heard = _hear(said, "Ctrl-C ends it.", 30)
    time.sleep(1)
    workspace.file_of(CONV).write_text("conv2d = 2\nprint('\\033[2J')\n")
    saved_at = time.monotonic()
    heard += _hear(said, "saved: cnn/conv.py", 10)
    assert time.monotonic() - saved_at < 0.5
    heard += _hear(said, "cnn/conv2d", 60)
    family = psutil.Process(watch.pid).children(recursive=True)
    watch.send_signal(signal.SIGINT)
    assert watch.wait(timeout=20) == 0
    heard += _hear(said, "No longer watching.", 5)
    assert "No longer watching." in heard
    assert "\x1b" not in heard
    assert watch.stderr is not None
    assert watch.stderr.read() == ""
    assert psutil.wait_procs(family, timeout=5)[1] == []


def _hear(said: "Queue[str]", words: str, seconds: float) -> str:
    heard, end = "", time.monotonic() + seconds
    while words not in heard and (left := end - time.monotonic()) > 0:
        try:
            heard += said.get(timeout=left)
        except Empty:
            return heard
    return heard
