import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.figures.time_limit import TookTooLong, time_limit

ROOT = Path(__file__).resolve().parents[3]


def test_code_that_does_not_end_is_stopped():
    started = time.monotonic()
    with pytest.raises(TookTooLong, match=r"not ended after 0\.1 s"), time_limit(0.1):
        sum(0 for _ in iter(int, 1))  # int() is never 1
    assert time.monotonic() - started < 2


def test_an_exception_is_no_way_around_it():
    def stubborn() -> None:
        while True:
            try:
                time.sleep(1)
            except Exception:
                continue

    with pytest.raises(TookTooLong), time_limit(0.1):
        stubborn()


def test_code_that_ends_in_time_leaves_no_clock_running():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0.2):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_code_that_swallows_everything_ends_the_process_with_words():
    code = """
import time
from models.figures.time_limit import time_limit
with time_limit(0.1):
    while True:
        try:
            time.sleep(9)
        except BaseException: pass
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "does not stop" in done.stderr
