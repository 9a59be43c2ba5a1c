"""What counts as a save, however an editor goes about it, and how soon it is told."""

import asyncio
import os
import shutil
import time
from contextlib import aclosing
from types import SimpleNamespace

import pytest

from lessons.catalog import curriculum, exercises_by_id
from tutor import watching
from tutor.watching import file_system_without_events, make_way, saves

CONV = exercises_by_id()["cnn/conv2d"]
WITHIN_S = 0.5
ways = pytest.mark.parametrize("polls", [False, True], ids=["events", "looks"])


class Told:
    """What a watch has told so far, and when."""

    def __init__(self, workspace, polls, exercises=None):
        self.workspace, self.polls, self.exercises = workspace, polls, exercises or curriculum().exercises
        self.saves: list[tuple[list[str], float]] = []

    async def __aenter__(self) -> "Told":
        self._task = asyncio.create_task(self._listen())
        await asyncio.sleep(0.4)  # until it has looked for the first time
        return self

    async def __aexit__(self, *_):
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _listen(self):
        async with aclosing(saves(self.workspace, self.exercises, self.polls)) as told:
            async for saved in told:
                self.saves.append(([exercise.id for exercise in saved], time.monotonic()))

    async def wait(self, seconds=5.0):
        """Until something is told, and then a little longer for what would be told twice."""
        end = time.monotonic() + seconds
        while not self.saves and time.monotonic() < end:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.6)
        return [ids for ids, _ in self.saves]


def in_place(file):
    file.write_text("conv2d = min\n")


def by_rename(file):
    """As vim with `backupcopy=no`, and most others, do it."""
    draft = file.with_name(".conv.py.draft")
    draft.write_text("conv2d = min\n")
    os.replace(draft, file)


def by_removal(file):
    """Some move the old one away first."""
    file.rename(file.with_name("conv.py~"))
    file.write_text("conv2d = min\n")


def in_pieces(file):
    with file.open("w") as stream:
        for piece in ("conv2d", " = ", "min\n"):
            stream.write(piece)
            stream.flush()
            time.sleep(0.03)


def unchanged(file):
    file.write_bytes(file.read_bytes())


@ways
@pytest.mark.parametrize("save", [in_place, by_rename, by_removal, in_pieces, unchanged])
async def test_a_save_is_told_once_and_within_half_a_second(workspace, polls, save):
    file = workspace.file_of(CONV)
    async with Told(workspace, polls) as told:
        await asyncio.to_thread(save, file)
        saved_at = time.monotonic()
        assert await told.wait() == [["cnn/conv2d"]]
        assert told.saves[0][1] - saved_at < WITHIN_S


@ways
async def test_a_burst_of_saves_is_told_when_it_rests(workspace, polls):
    file = workspace.file_of(CONV)
    async with Told(workspace, polls) as told:
        for number in range(5):
            file.write_text(f"conv2d = {number}\n")
            await asyncio.sleep(0.01)
        assert await told.wait() == [["cnn/conv2d"]]


@ways
async def test_what_is_no_save_of_an_exercise_is_not_told(workspace, polls):
    file = workspace.file_of(CONV)
    async with Told(workspace, polls) as told:
        file.with_name("conv.py.backup-1").write_text("kept")
        file.with_name(".conv.py.swp").write_text("vim")
        file.with_name(".#conv.py").symlink_to("nobody@nowhere:1")
        file.with_name("tried.py").write_text("conv2d = max\n")
        (workspace.root / "notes" / "today.md").write_text("notes")
        file.rename(file.with_name("conv.old"))
        assert await told.wait(0.5) == []


@ways
async def test_only_what_is_watched_is_told(workspace, polls):
    async with Told(workspace, polls, [CONV]) as told:
        workspace.file_of(exercises_by_id()["cnn/resnet"]).write_text("ResNet = 1\n")
        assert await told.wait(0.5) == []


@ways
async def test_a_file_that_the_exercise_imports_counts_as_its_own_unless_only_a_comment_changed(workspace, polls):
    block = exercises_by_id()["cnn/basic_block"]
    workspace.file_of(CONV).write_text("def conv2d(x):\n    return x\n")
    workspace.file_of(block).write_text("from cnn.conv import conv2d\n\nBasicBlock = conv2d\n")
    async with Told(workspace, polls, [block]) as told:
        workspace.file_of(CONV).write_text("def conv2d(x):  # the same\n    return x\n")
        assert await told.wait(0.5) == []
        workspace.file_of(CONV).write_text("def conv2d(x):\n    return x + 1\n")
        assert await told.wait() == [["cnn/basic_block"]]


@ways
async def test_a_folder_that_is_replaced_is_watched_again(workspace, polls):
    file = workspace.file_of(CONV)
    async with Told(workspace, polls) as told:
        shutil.copytree(file.parent, workspace.root / "other", copy_function=shutil.copy2)
        shutil.rmtree(file.parent)
        await asyncio.sleep(0.3)
        (workspace.root / "other").rename(file.parent)
        await told.wait(3)
        told.saves.clear()
        by_rename(file)
        saved_at = time.monotonic()
        assert await told.wait() == [["cnn/conv2d"]]
        assert told.saves[0][1] - saved_at < WITHIN_S


async def test_where_the_system_has_no_watch_to_give_the_files_are_looked_at(workspace, monkeypatch):
    def none_left(*_folders, **_options):
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("watchfiles.awatch", none_left)
    async with Told(workspace, polls=False) as told:
        saved_at = time.monotonic()
        in_place(workspace.file_of(CONV))
        assert await told.wait() == [["cnn/conv2d"]]
        assert told.saves[0][1] - saved_at < WITHIN_S


@ways
async def test_it_ends_at_once_when_it_is_cancelled(workspace, polls):
    async with Told(workspace, polls) as told:
        begun = time.monotonic()
        await told.__aexit__()
        assert time.monotonic() - begun < WITHIN_S


@pytest.mark.parametrize(
    ("kind", "name"), [("nfs4", "nfs4"), ("fuse.sshfs", "fuse.sshfs"), ("9p", "9p"), ("ext4", ""), ("apfs", "")]
)
def test_a_file_system_that_may_not_tell_of_changes_is_named(monkeypatch, kind, name):
    mounts = [("/", "ext4"), ("/home", "xfs"), ("/home/ada", kind), ("/home/ada/other", "nfs")]
    found = [SimpleNamespace(mountpoint=place, fstype=each) for place, each in mounts]
    monkeypatch.setattr(watching.psutil, "disk_partitions", lambda **_options: found)
    monkeypatch.setattr(watching.os.path, "realpath", lambda place: place)
    assert file_system_without_events("/home/ada/phase3") == name  # pyright: ignore[reportArgumentType]
    assert file_system_without_events("/home/adam") == ""  # pyright: ignore[reportArgumentType]


async def test_a_hanging_check_makes_way_and_a_judge_that_still_loads_does_not(monkeypatch):
    monkeypatch.setattr(watching, "HANGS_S", 0.1)
    judge = SimpleNamespace(is_warm=True)
    await asyncio.wait_for(make_way(lambda: True, judge), 2)  # pyright: ignore[reportArgumentType]
    judge.is_warm = False
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(make_way(lambda: True, judge), 0.5)  # pyright: ignore[reportArgumentType]
