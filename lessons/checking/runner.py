"""The runner: holds torch, forks once per submission, and passes on what the fork saw. It knows no answers.

    judge -- socket --> runner -- fork --> submission
    judge <-- report, payload -- runner <-- pipe -- submission

Forking from a process that has torch loaded costs milliseconds. A fork of the judge itself, made before it loads any
reference, becomes its first runner.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEPT_OUTPUT = 64 << 10


def main(arguments: list[str]) -> int:
    """`runner DESCRIPTOR SCRATCH`: serve requests on that socket until the judge ends."""
    from lessons.checking.warm_up import warm_up

    warm_up()
    return serve(socket.socket(fileno=int(arguments[0])), Path(arguments[1]))


def serve(judge: socket.socket, scratch: Path) -> int:
    """Answer the judge's requests, in a process that is warm and alone; remove `scratch` when the judge has ended."""
    from lessons.checking import confinement
    from lessons.checking.wire import FrameCut, decode, encode, frame, read_frame

    for stream in (sys.stdout, sys.stderr):
        # What a submission printed before a crash is kept, whatever the characters and however Python was started.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    confinement.adopt_orphans()
    virtual_bytes = confinement.virtual_size()
    try:
        judge.sendall(frame(b"ready"))
        while True:
            request = decode(read_frame(judge.recv))
            report, payload = _Fork(request, scratch, virtual_bytes, judge.fileno()).run()
            judge.sendall(frame(encode(report)) + frame(payload))
    except (FrameCut, ConnectionError):
        return 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)  # a judge that was killed cannot do it


@dataclass
class _Fork:
    """One submission's process, from the fork until nothing of it is left."""

    request: dict[str, Any]
    scratch: Path
    virtual_bytes: int
    judge: int
    reply: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)
    printed: int = 0
    swarm: bool = False

    def run(self) -> tuple[dict[str, Any], bytes]:
        from lessons.checking.wire import frame_in

        begun = time.monotonic()
        scratch = Path(tempfile.mkdtemp(prefix="check-", dir=self.scratch))
        try:
            pid, reply_end, output_end = self._fork(scratch)
            status, late, strays = self._wait(pid, reply_end, output_end, begun + self.request["seconds"])
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        payload = frame_in(self.reply)
        report = {
            "complete": self._has_replied,
            "late": late and not self._has_replied,
            "swarm": self.swarm,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            "exit_code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
            "stdout": self.output.decode("utf-8", "replace"),
            "printed": self.printed,
            "strays": strays,
            "seconds": time.monotonic() - begun,
        }
        return report, payload or b""

    def _fork(self, scratch: Path) -> tuple[int, int, int]:
        reply_end, reply = os.pipe()
        output_end, output = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._be_the_submission(scratch, reply, output)
        os.close(reply)
        os.close(output)
        for descriptor in (reply_end, output_end):
            os.set_blocking(descriptor, False)
        return pid, reply_end, output_end

    def _be_the_submission(self, scratch: Path, reply: int, output: int) -> None:
        """Never returns: a failing reply must not rise into the loop above and make this a second runner."""
        leave, own_pid, myself = os._exit, os.getpid, os.getpid()
        try:
            from lessons.checking.confinement import confine
            from lessons.checking.submission import reply_to
            from lessons.checking.wire import write_frame

            os.close(self.judge)
            null = os.open(os.devnull, os.O_RDONLY)
            confine(scratch, (null, output), self.virtual_bytes, self.request["seconds"])
            answer = reply_to(self.request, Path(self.request["root"]))
            with contextlib.suppress(Exception):  # they may have put anything in the place of stdout
                sys.stdout.flush()
            if own_pid() == myself:  # a fork within their function returns here too, and two replies would mix
                write_frame(reply, answer)
            leave(0)
        finally:
            leave(70)

    @property
    def _has_replied(self) -> bool:
        """A whole frame, or more than any reply may have: then nobody reads on."""
        from lessons.checking.wire import LARGEST_FRAME, frame_in

        return len(self.reply) > LARGEST_FRAME or frame_in(self.reply) is not None

    def _wait(self, pid: int, reply_end: int, output_end: int, deadline: float) -> tuple[int, bool, int]:
        """Drain both pipes until a whole reply, the end of the process, or the deadline; then end all of it."""
        from lessons.checking.confinement import end_all_children, is_swarm, machine_load

        open_ends, status, load = {reply_end, output_end}, None, machine_load()
        while status is None and time.monotonic() < deadline and not self._has_replied and not self.swarm:
            self.swarm = is_swarm(load)
            ready, _, _ = select.select(list(open_ends), [], [], 0.02)
            for descriptor in ready:
                if not self._drain(descriptor, descriptor == reply_end):
                    open_ends.discard(descriptor)
            ended, code = os.waitpid(pid, os.WNOHANG)
            status = code if ended else None
        late = status is None and (self.swarm or time.monotonic() >= deadline)
        if status is None:
            _kill_group(pid)
            status = os.waitpid(pid, 0)[1]
        strays = end_all_children()  # first, or one that prints for ever would keep the pipe full
        for descriptor in (reply_end, output_end):
            while self._drain(descriptor, descriptor == reply_end) and time.monotonic() < deadline + 1:
                continue
            os.close(descriptor)
        return status, late, strays

    def _drain(self, descriptor: int, is_reply: bool) -> bool:
        """One read; False at the end of the pipe or when nothing waits."""
        try:
            piece = os.read(descriptor, 1 << 20)
        except BlockingIOError:
            return False
        if is_reply:
            self.reply += piece
        else:
            self.printed += len(piece)
            self.output += piece[: max(0, KEPT_OUTPUT - len(self.output))]
        return bool(piece)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:  # it has not made its own group yet
        os.kill(pid, signal.SIGKILL)
