"""The app in a real pseudo-terminal: what it sends, and how it gives the terminal back."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

import pytest

from tutor.workspace import init_workspace

PROGRAM = (
    "import sys; from pathlib import Path; from tutor.app import TutorApp; from tutor.workspace import Workspace\n"
)
PROGRAM += "app = TutorApp(Workspace(Path(sys.argv[1]))); app.run(); raise SystemExit(app.return_code or 0)"


class Terminal:
    """A program on a pseudo-terminal of 80x24, and everything it has sent."""

    def __init__(self, *arguments: str) -> None:
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM, *arguments])
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.sent = b""
        self.exit_code: int | None = None

    def read(self, seconds: float, until: bytes = b"") -> bytes:
        """What it sends within so many seconds, or until a text is there."""
        end, got = time.monotonic() + seconds, b""
        while (left := end - time.monotonic()) > 0 and not (until and until in self.sent):
            if not select.select([self.master], [], [], left)[0]:
                break
            try:
                piece = os.read(self.master, 65536)
            except OSError:  # the program has ended
                break
            got += piece
            self.sent += piece
        return got

    def end(self) -> int:
        """Its exit code."""
        self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self.exit_code


@pytest.fixture
def terminal(tmp_path):
    opened = Terminal(str(init_workspace(tmp_path / "phase3").workspace.root))
    yield opened
    if opened.exit_code is None:
        os.kill(opened.process, signal.SIGKILL)
        opened.end()
    os.close(opened.master)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back_as_it_was(terminal, sign):
    terminal.read(20, until=b"Criteria")
    assert b"\x1b[?1049h" in terminal.sent  # the alternate screen was on
    os.kill(terminal.process, sign)
    last = terminal.read(10, until=b"\x1b[?1049l")
    assert b"\x1b[?1049l" in last
    assert b"\x1b[?1000l" in last  # mouse reports are off
    assert terminal.end() == 128 + sign


def test_an_app_that_is_only_looked_at_sends_nothing(terminal):
    terminal.read(20, until=b"Criteria")
    terminal.read(1.5)
    assert terminal.read(3) == b""


def test_moving_the_pointer_sends_a_few_rows_and_not_the_screen(terminal):
    terminal.read(20, until=b"Criteria")
    terminal.read(1.5)
    os.write(terminal.master, b"j")
    assert 0 < len(terminal.read(1)) < 2_000
