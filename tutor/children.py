"""Child processes of the app: each in a session of its own and nice, so that neither keys nor a hangup suffer."""

import asyncio
import contextlib
import json
import os
import shlex
import signal
from typing import Any
from uuid import uuid4

import psutil

from lessons.checking.confinement import MARK
from tutor.child_programs import child_command
from tutor.refusals import NOT_VERIFIABLE, Refusal

LONGEST_LINE = 1 << 26
LONGEST_WORDS = 1 << 12
PATIENCE_S = 2.0


class AnsweringChild:
    """A child that answers one JSON line with one JSON line. Started at the first question, anew if it has died."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._is_closed = False
        self.is_warm = False  # whether the process that is there has answered before: the next answer comes soon

    async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Its answer. A child that dies while it is asked is asked once more, then a Refusal tells its last words."""
        async with self._turn:
            for attempt in (1, 2):
                process = await self._running()
                try:
                    return await self._exchange(process, question)
                except (BrokenPipeError, ConnectionResetError, EOFError):
                    words = await self._last_words(process)
                    await self._end(process)
                    if attempt == 2 or self._is_closed:
                        raise self._gone(words) from None
                except BaseException:  # cancelled in the middle of an answer: the next one would get the wrong one
                    await self._end(process)
                    raise
            raise AssertionError

    async def start(self) -> None:
        """Start it before it is needed; importing torch takes seconds."""
        async with self._turn:  # a question that comes meanwhile would start a second one
            await self._running()

    async def rest(self) -> None:
        """End it until the next question, once the one that it answers now is answered."""
        async with self._turn:
            if self._process is not None:
                await self._end(self._process)

    async def close(self) -> None:
        """End it. Who waits for an answer gets a Refusal, and no new child is started for the question."""
        self._is_closed = True
        if self._process is not None:
            await self._end(self._process)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *child_command(self.name),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=LONGEST_LINE,
                start_new_session=True,
                env=os.environ | {MARK: uuid4().hex},
            )
            self._tail = b""
            self.is_warm = False
            self._listener = asyncio.create_task(self._listen(self._process))
        return self._process

    async def _exchange(self, process: asyncio.subprocess.Process, question: dict[str, Any]) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question).encode() + b"\n")
        await process.stdin.drain()
        line = await process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        self.is_warm = True
        return json.loads(line)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Drain stderr, or a talkative child would stop; keep its end for the message."""
        assert process.stderr is not None
        while piece := await process.stderr.read(1 << 14):
            self._tail = (self._tail + piece)[-LONGEST_WORDS:]

    async def _last_words(self, process: asyncio.subprocess.Process) -> str:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), PATIENCE_S)
        await asyncio.wait([self._listener], timeout=PATIENCE_S)
        told = [line.strip() for line in self._tail.decode("utf-8", "replace").splitlines() if line.strip()]
        return told[-1] if told else f"exit code {process.returncode}"

    def _gone(self, words: str) -> Refusal:
        command = shlex.join(child_command(self.name))
        next_step = f"try again; if it happens again, see all that it says: {command}"
        return Refusal(f"The {self.name} process ended: {words.rstrip('.')}.", self.name, next_step, NOT_VERIFIABLE)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """End its group, politely and then for good, and whatever it started in sessions of their own.

        Closing a pipe alone would leave it running, and a learner's endless loop with it.
        """
        self._process, self.is_warm = None, False
        started = _processes_below(process.pid)
        for sign in (signal.SIGTERM, signal.SIGKILL):  # the second one is for those of its group that did not listen
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE_S)
        for each in started:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()


def _processes_below(pid: int) -> list[psutil.Process]:
    """Its descendants, found while they can still be told by their parent."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
