"""The judge's end of the runner: starts it, sends one submission at a time, starts it anew when it is gone."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from lessons.checking.reply import is_reply
from lessons.checking.runner import ONE_THREAD
from lessons.checking.wire import FrameCut, decode, encode, frame, read_frame

START_LIMIT_S = 60.0
GRACE_S = 3.0
MARK = "PHASE3_RUNNER_SCRATCH"


@dataclass(frozen=True)
class Submission:
    """A file that claims to solve an exercise. `module` is the name under which the workspace's other files know it."""

    root: Path
    file: Path
    module: str
    symbols: tuple[str, ...]
    trusted: bool = False  # our own oracle: shortcuts are what it is made of


@dataclass(frozen=True)
class Report:
    """What became of the process, and what it sent: None if it never sent a whole reply."""

    complete: bool
    late: bool
    swarm: bool  # it was ended because it started too many processes
    signal: int
    exit_code: int
    stdout: str
    printed: int
    strays: int
    seconds: float
    seen: dict[str, Any] | None
    runner_died: bool = False
    never_started: bool = False  # no fault of the submission's


class RunnerHandle:
    """One runner process; used as a context, so that it never outlives the judge."""

    def __init__(self) -> None:
        self._start()

    def __enter__(self) -> "RunnerHandle":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def run(self, submission: Submission, observer: str, cases: list[dict[str, Any]], denied: tuple[str, ...],
            seconds: float) -> Report:  # fmt: skip
        request = {
            "root": str(submission.root),
            "file": str(submission.file),
            "module": submission.module,
            "symbols": list(submission.symbols),
            "trusted": submission.trusted,
            "observer": observer,
            "cases": cases,
            "denied": list(denied),
            "seconds": seconds,
        }
        try:
            self._wait_until_it_is_ready()
            self._socket.settimeout(seconds + GRACE_S)
            self._socket.sendall(frame(encode(request)))
            report = decode(read_frame(self._socket.recv))
            payload = read_frame(self._socket.recv)
        except (OSError, FrameCut):
            never_started = self._cold
            self.close()
            self._start()
            return Report(False, False, False, 0, 0, "", 0, 0, seconds, None, not never_started, never_started)
        return Report(**report, seen=_readable(payload, len(cases)) if report["complete"] else None)

    def close(self) -> None:
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        _end_all_that_began_in(self.scratch)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _wait_until_it_is_ready(self) -> None:
        if self._cold:
            self._socket.settimeout(START_LIMIT_S)
            read_frame(self._socket.recv)
            self._cold = False

    def _start(self) -> None:
        self.scratch = tempfile.mkdtemp(prefix="phase3-runner-")
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "phase3_tutor", "--child", "runner", str(theirs.fileno()), self.scratch]
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD | {MARK: self.scratch},
        )
        theirs.close()
        self._socket, self._cold = ours, True


def _readable(payload: bytes, number_of_cases: int) -> dict[str, Any] | None:
    """The decoded reply, or None: a learner's code may have written anything into the pipe."""
    try:
        seen = decode(payload)
    except FrameCut:
        return None
    return seen if is_reply(seen, number_of_cases) else None


def _end_all_that_began_in(scratch: str) -> None:
    """Kill what a submission left behind when it took the runner with it: every such process inherited the mark."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):  # another user's, or gone in the meantime
            if process.environ().get(MARK) == scratch:
                process.kill()
