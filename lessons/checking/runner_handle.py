"""The judge's end of the runner: starts it, sends one submission at a time, starts it anew when it is gone."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.checking.runner import ONE_THREAD
from lessons.checking.wire import FrameCut, decode, encode, frame, read_frame

START_LIMIT_S = 60.0
GRACE_S = 3.0


@dataclass(frozen=True)
class Submission:
    """A file that claims to solve an exercise. `module` is the name under which the workspace's other files know it."""

    root: Path
    file: Path
    module: str
    symbol: str
    trusted: bool = False  # our own oracle: shortcuts are what it is made of


@dataclass(frozen=True)
class Report:
    """What became of the process, and what it sent: None if it never sent a whole reply."""

    complete: bool
    late: bool
    signal: int
    exit_code: int
    stdout: str
    printed: int
    strays: int
    seconds: float
    seen: dict[str, Any] | None
    runner_died: bool = False


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
            "symbol": submission.symbol,
            "trusted": submission.trusted,
            "observer": observer,
            "cases": cases,
            "denied": list(denied),
            "seconds": seconds,
        }
        self._socket.settimeout(seconds + GRACE_S + (START_LIMIT_S if self._cold else 0.0))
        try:
            self._socket.sendall(frame(encode(request)))
            report = decode(read_frame(self._socket.recv))
            payload = read_frame(self._socket.recv)
            self._cold = False
        except (OSError, FrameCut):
            self.close()
            self._start()
            return Report(False, False, 0, 0, "", 0, 0, seconds, None, runner_died=True)
        return Report(**report, seen=_readable(payload) if report["complete"] else None)

    def close(self) -> None:
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "phase3_tutor", "--child", "runner", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD,
        )
        theirs.close()
        self._socket, self._cold = ours, True


def _readable(payload: bytes) -> dict[str, Any] | None:
    """The decoded reply, or None: a learner's code may have written anything into the pipe."""
    try:
        seen = decode(payload)
    except FrameCut:
        return None
    return seen if isinstance(seen, dict) and {"cases", "shortcut", "broken"} <= seen.keys() else None
