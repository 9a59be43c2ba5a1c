"""Whether a run's trainer is alive, judged by the lock it holds and not by a clock or a number."""

import errno
import fcntl
import os
import signal
from contextlib import suppress
from pathlib import Path

_NO_FLOCK_HERE = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK}


def is_lock_held(lock_path: Path) -> bool | None:
    """Whether another open file holds the lock; None where the file system knows no locks.

    The lock is tried in its shared form: readers never exclude one another, the file need not be
    writable, and it is given back at once.
    """
    try:
        descriptor = os.open(lock_path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return False  # no trainer was ever here
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno in _NO_FLOCK_HERE:
            return None
        raise
    finally:
        os.close(descriptor)  # closing gives the lock back
    return False


def process_start(pid: int) -> str:
    """When this process started, as boot id and clock ticks; "" where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        boot_id = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    # The second field is the program's name in brackets and may itself hold spaces and brackets.
    return f"{boot_id}:{stat.rpartition(')')[2].split()[19]}"


def is_same_process(pid: int, start: str) -> bool:
    """Whether `pid` is alive and still the process that `process_start` described."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return process_start(pid) == start  # someone else's process, but a process
    return process_start(pid) == start


def ask_to_stop(pid: int) -> bool:
    """Send SIGTERM; False when the process was gone first."""
    with suppress(ProcessLookupError):  # it ended by itself in between, which is what was wanted
        os.kill(pid, signal.SIGTERM)
        return True
    return False
