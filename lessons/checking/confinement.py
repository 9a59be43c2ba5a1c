"""What a forked submission may do to this machine: its own process group, no input, and limits on memory and files.

Defended are accidents and casual cheating, not a hostile program that runs as the learner.
"""

import contextlib
import ctypes
import os
import resource
import signal
import struct
import tempfile
from pathlib import Path

import psutil

EXTRA_MEMORY = 1 << 30
LARGEST_FILE = 64 << 20
MOST_PROCESSES = 200
MARK = "PHASE3_CHECK"  # in the environment of a judge, of its runners, and of all that a submission starts

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_M_ARENA_MAX = -8
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_WRITE_FILE, _TRUNCATE = 1 << 1, 1 << 14
# remove dir and file, make char, dir, reg, sock, fifo, block, sym
_CHANGE_FOLDER = sum(1 << bit for bit in range(4, 13))


def confine(scratch: Path, input_and_output: tuple[int, int], virtual_bytes: int, seconds: float) -> None:
    """Called in the fork, before any of the learner's code runs."""
    os.setsid()
    null, output = input_and_output
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.chdir(scratch)
    tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
    die_with_the_parent()
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_AS, virtual_bytes + EXTRA_MEMORY, virtual_bytes + EXTRA_MEMORY)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE, LARGEST_FILE)
    _limit(resource.RLIMIT_CPU, int(seconds) + 1, int(seconds) + 3)
    forbid_writes_outside(scratch)


def forbid_writes_outside(folder: Path) -> int:
    """Landlock: only `folder` and /dev/null may be written, no TCP connection opened; the kernel's ABI, 0 without."""
    version = landlock_version()
    if version < 1:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    writes = _WRITE_FILE | _CHANGE_FOLDER | (1 << 13 if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    rules = struct.pack("<QQ", writes, 3) if version >= 4 else struct.pack("<Q", writes)
    ruleset = libc.syscall(_LANDLOCK_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        return 0
    for path, allowed in ((folder, writes), (Path("/dev/null"), writes & (_WRITE_FILE | _TRUNCATE))):
        place = os.open(path, os.O_PATH)
        libc.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("<Qi", allowed, place), 0)
        os.close(place)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    held = libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return version if held else 0


def landlock_version() -> int:
    """The kernel's Landlock ABI; 0 where there is none."""
    if not Path("/proc/self").exists():
        return 0
    return max(0, ctypes.CDLL(None, use_errno=True).syscall(_LANDLOCK_CREATE, None, 0, 1))


def share_arenas() -> None:
    """Let glibc's malloc make two arenas at most: else each thread reserves 64 MB of what a submission may have."""
    with contextlib.suppress(AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def die_with_the_parent() -> None:
    """A submission that kills the runner ends with it."""
    if Path("/proc/self").exists():
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Processes that a submission leaves behind become children of this one, so that they can be found and ended."""
    if Path("/proc/self").exists():
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_all_children(rounds: int = 50) -> int:
    """Kill every process below this one, those that the dying leave behind too; returns how many there were."""
    ended = 0
    for _ in range(rounds):
        children = _children()
        if not children:
            break
        for child in children:  # all before the first wait: a fork bomb grows while we wait
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        ended += len(children)
    return ended


def end_all_marked(mark: str) -> None:
    """Kill what a submission left behind when it took the runner with it: every such process inherited the mark."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):  # another user's, or gone in the meantime
            if process.pid != os.getpid() and process.environ().get(MARK) == mark:
                process.kill()


def is_swarm(before: int) -> bool:
    """Whether more than MOST_PROCESSES live below this one, where `before` is what `machine_load` was without them."""
    # Our own are counted only when the machine's have grown: that is one small read instead of hundreds.
    return machine_load() > before + MOST_PROCESSES and len(psutil.Process().children(recursive=True)) > MOST_PROCESSES


def machine_load() -> int:
    """Processes and threads of the whole machine; 0 where that is not told."""
    try:
        return int(Path("/proc/loadavg").read_text().split()[3].split("/")[1])
    except FileNotFoundError:
        return 0


def virtual_size() -> int:
    """Bytes of address space that this process holds now."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except FileNotFoundError:  # macOS ignores the limit that this is for
        return 64 << 30


def _children() -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _limit(what: int, soft: int, hard: int) -> None:
    ceiling = resource.getrlimit(what)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(what, (soft, hard))
