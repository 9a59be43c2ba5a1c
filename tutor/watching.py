"""Tells which exercises were saved: woken by the file system where it gives events, by looking where it does not.

What counts is never the event but how the files are: an event only says that it is time to look.
"""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from lessons.catalog import Exercise
from tutor.judge_client import JudgeClient
from tutor.recording import fingerprint_of
from tutor.workspace import Workspace

LOOK_S = 0.2  # between two looks where nothing wakes us
GLANCE_S = 1.0  # the same where events do: one may be lost, as when a folder is replaced by another of its name
SETTLED_S, LONGEST_BURST_S = 0.08, 0.25  # a save may be several steps: truncate and write, or remove and rename
HANGS_S = 3.0  # a check of a warm judge that takes longer makes way for a newer save

# Their files may be changed by another machine, or by the host of this one, and no event tells of it.
_EVENTLESS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "afs", "ceph", "lustre", "gpfs", "beegfs",
     "glusterfs", "9p", "drvfs", "vboxsf", "prl_fs", "virtiofs", "osxfs")
)  # fmt: skip

Signature = tuple[int, int, int]


@dataclass
class Watched:
    """The learner's files as they were when they were last looked at."""

    workspace: Workspace
    exercises: Sequence[Exercise]
    files: dict[Path, Signature] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files, self.fingerprints = self.look(), self._fingerprints()

    @property
    def folders(self) -> list[Path]:
        """Where the files lie: those folders that are there now."""
        found = [self.workspace.root, *(self.workspace.file_of(exercise).parent for exercise in self.exercises)]
        return [folder for folder in dict.fromkeys(found) if folder.is_dir()]

    def look(self) -> dict[Path, Signature]:
        """The Python files in these folders as they are now."""
        found = {}
        for folder in self.folders:
            for file in folder.glob("*.py"):
                try:
                    status = file.stat()
                except OSError:  # gone since it was listed, or an editor's lock, which is a link to nowhere
                    continue
                found[file] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found

    def new_in(self, now: dict[Path, Signature]) -> set[Path]:
        """What was saved since the last time. What is gone does not count: a save may remove before it renames."""
        return {file for file, signature in now.items() if self.files.get(file) != signature}

    def take_in(self) -> tuple[Exercise, ...]:
        """The exercises whose file was saved since the last time, or whose code changed in a file that it imports."""
        now = self.look()
        saved = self.new_in(now)
        self.files |= now
        before, self.fingerprints = self.fingerprints, self.fingerprints | self._fingerprints()
        return tuple(
            exercise
            for exercise in self.exercises
            if self.workspace.file_of(exercise) in saved
            or before.get(exercise.id) != self.fingerprints.get(exercise.id)
        )

    def _fingerprints(self) -> dict[str, str]:
        there = [exercise for exercise in self.exercises if self.workspace.file_of(exercise).is_file()]
        return {exercise.id: fingerprint_of(self.workspace, exercise.id) for exercise in there}


async def saves(
    workspace: Workspace, exercises: Sequence[Exercise], polls: bool = False
) -> AsyncGenerator[tuple[Exercise, ...], None]:
    """The exercises that were saved, each time that some were; one burst of saves is told once."""
    watched = await asyncio.to_thread(Watched, workspace, exercises)
    async with aclosing(_occasions(watched, polls)) as occasions:
        async for _ in occasions:
            if not watched.new_in(await asyncio.to_thread(watched.look)):
                continue
            await _settle(watched)
            if saved := await asyncio.to_thread(watched.take_in):
                yield saved


def file_system_without_events(folder: Path) -> str:
    """The name of the file system that the folder is on if changes there may come without events; else ""."""
    place = os.path.realpath(folder)
    mounts = {mount.mountpoint: mount.fstype for mount in psutil.disk_partitions(all=True)}
    around = [mount for mount in mounts if place == mount or place.startswith(mount.rstrip("/") + "/")]
    name = mounts[max(around, key=len)].lower() if around else ""
    return name if name in _EVENTLESS or name.startswith("fuse") else ""


async def make_way(is_checking: Callable[[], bool], judge: JudgeClient) -> None:
    """Wait for the check at work, unless it hangs; one that has to load torch first is always waited for."""
    begun = time.monotonic()
    while is_checking() and not (judge.is_warm and time.monotonic() - begun > HANGS_S):
        await asyncio.sleep(0.02)


async def _settle(watched: Watched) -> None:
    """Until the files have rested for a moment; who saves without end is not waited for."""
    begun, before = time.monotonic(), None
    while (now := await asyncio.to_thread(watched.look)) != before and time.monotonic() - begun < LONGEST_BURST_S:
        before = now
        await asyncio.sleep(SETTLED_S)


async def _occasions(watched: Watched, polls: bool) -> AsyncGenerator[None, None]:
    """Moments at which it is worth while to look."""
    if not polls:
        async with aclosing(_events(watched)) as events:
            async for _ in events:
                yield
    while True:  # from here on nothing wakes us, or no longer
        yield
        await asyncio.sleep(LOOK_S)


async def _events(watched: Watched) -> AsyncGenerator[None, None]:
    """Woken by the file system; ends where it gives no events, as when all its watches are taken."""
    from watchfiles import awatch

    while True:
        folders = watched.folders
        known = _identities(folders)
        try:
            woken = awatch(
                *folders, watch_filter=None, debounce=100, step=40, recursive=False, force_polling=False,
                rust_timeout=int(GLANCE_S * 1000), yield_on_timeout=True,
            )  # fmt: skip
            async with aclosing(woken):
                async for _ in woken:
                    yield
                    if _identities(watched.folders) != known:
                        break  # a folder is new, or another one of the same name: watch that one
        except (OSError, RuntimeError):
            return


def _identities(folders: Sequence[Path]) -> dict[Path, int]:
    return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}
