"""The judge's end of the runner: starts it, sends one submission at a time, starts it anew when it is gone."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lessons.checking.confinement import MARK, end_all_marked
from lessons.checking.reply import is_reply
from lessons.checking.runner import serve
from lessons.checking.wire import FrameCut, decode, encode, frame, read_frame

START_LIMIT_S = 60.0
GRACE_S = 3.0
MOST_OPEN = 1 << 16


@dataclass(frozen=True)
class Run:
    """A file that claims to solve an exercise, and the numbers of the cases that are put to it."""

    file: Path
    cases: Sequence[int]
    watched: Sequence[int]  # those of them on which shortcuts are looked for


@dataclass(frozen=True)
class Submission:
    """What an exercise asks of a file. `module` is the name under which the workspace's other files know it."""

    root: Path
    module: str
    symbols: tuple[str, ...]
    observer: str
    denied: tuple[str, ...]
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
    """One runner process; used as a context, so that it never outlives the judge.

    `forked`: the first one is a fork of this process, which must be warm and must not hold a reference yet.
    """

    def __init__(self, forked: bool = False) -> None:
        self._start(_forked if forked else _spawned)

    def __enter__(self) -> "RunnerHandle":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def run(self, submission: Submission, run: Run, cases: list[dict[str, Any]], seconds: float) -> Report:
        """One file, in a process of its own."""
        report, answers = self._reports(submission, [run], cases, seconds)
        return replace(report, seen=answers[0] if answers else None)

    def run_in_turn(
        self, submission: Submission, runs: Sequence[Run], cases: list[dict[str, Any]], seconds: float
    ) -> list[Report]:
        """Files of ours, one after another in one process, `seconds` for each.

        The list ends behind the first that left something changed; it is empty if the process did not end well.
        """
        report, answers = self._reports(submission, runs, cases, seconds * len(runs))
        return [replace(report, seen=answer) for answer in answers] if not report.strays else []

    def _reports(
        self, submission: Submission, runs: Sequence[Run], cases: list[dict[str, Any]], seconds: float
    ) -> tuple[Report, list[dict[str, Any]]]:
        """What became of the process, and the answers that it sent, if they can be read."""
        request = {
            "root": str(submission.root),
            "module": submission.module,
            "symbols": list(submission.symbols),
            "trusted": submission.trusted,
            "observer": submission.observer,
            "denied": list(submission.denied),
            "runs": [{"file": str(run.file), "cases": list(run.cases), "watched": list(run.watched)} for run in runs],
            "cases": cases,
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
            self._start(_spawned)
            gone = Report(False, False, False, 0, 0, "", 0, 0, seconds, None, not never_started, never_started)
            return gone, []
        return Report(**report, seen=None), _readable(payload, runs) if report["complete"] else []

    def close(self) -> None:
        self._socket.close()
        for kill in (os.killpg, os.kill):  # it may not have made its own group yet
            with contextlib.suppress(ProcessLookupError):
                kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        end_all_marked(self._mark)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _wait_until_it_is_ready(self) -> None:
        if self._cold:
            self._socket.settimeout(START_LIMIT_S)
            read_frame(self._socket.recv)
            self._cold = False

    def _start(self, begin: Callable[[socket.socket, str, str], int]) -> None:
        self.scratch = tempfile.mkdtemp(prefix="phase3-runner-")
        self._mark = os.environ.get(
            MARK, self.scratch
        )  # the forked one has the mark that this process was started with
        self._socket, theirs = socket.socketpair()
        self._pid, self._cold = begin(theirs, self.scratch, self._mark), True
        theirs.close()


def _spawned(theirs: socket.socket, scratch: str, mark: str) -> int:
    """A new interpreter: it knows nothing of what this process has loaded."""
    theirs.set_inheritable(True)
    command = [sys.executable, "-P", "-m", "phase3_tutor", "--child", "runner", str(theirs.fileno()), scratch]
    nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    return os.posix_spawn(sys.executable, command, os.environ | {MARK: mark}, file_actions=nothing, setsid=True)


def _forked(theirs: socket.socket, scratch: str, _mark: str) -> int:
    """This process once more, without its open files. Never returns in the fork."""
    pid = os.fork()
    if pid:
        return pid
    leave = os._exit
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.closerange(3, theirs.fileno())
        os.closerange(theirs.fileno() + 1, MOST_OPEN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        leave(serve(theirs, Path(scratch)))
    finally:
        leave(70)


def _readable(payload: bytes, runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The decoded answers; none if the reply is no such thing: a learner's code may have written anything there."""
    try:
        answers = decode(payload)
    except FrameCut:
        return []
    if not isinstance(answers, list) or len(answers) > len(runs):
        return []
    sound = all(is_reply(seen, len(run.cases)) for seen, run in zip(answers, runs, strict=False))
    return answers if sound else []
