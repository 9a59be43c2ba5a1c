"""A limit on how long a learner's code may run inside this process."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN_S = 0.2
_PATIENCE = 10  # rings that the code may swallow before the process ends


class TookTooLong(BaseException):
    """The time is up; no Exception, so that `except Exception` in the code does not hide it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong inside the block when the time is up; code that swallows it again and again ends the process.

    Python runs signal handlers in the main thread only; in another thread there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    rings = 0

    def ring(_signal: int, _frame: FrameType | None) -> None:
        nonlocal rings
        rings += 1
        if rings > _PATIENCE:
            print(f"Code that was to end after {seconds:g} s does not stop.", file=sys.stderr, flush=True)
            os._exit(1)
        raise TookTooLong(f"it has not ended after {seconds:g} s")

    earlier = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
