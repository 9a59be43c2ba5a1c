"""`reset`: the stub comes back, and nothing that a learner wrote is ever lost by it."""

import errno
import os

import pytest

from lessons.catalog import exercises_by_id
from tutor.refusals import Refusal
from tutor.resetting import reset_exercise

CONV = exercises_by_id()["cnn/conv2d"]
STUB = CONV.stub.read_bytes()


@pytest.fixture
def file(workspace):
    path = workspace.file_of(CONV)
    path.write_text("mine = 1\n")
    return path


def beside(file) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir() if path.name.startswith((file.name, ".")))


def test_the_stub_is_back_and_the_backup_s_place_is_told(file, run_verb):
    ran = run_verb("reset", "cnn/conv2d")
    backup = file.with_name("conv.py.backup-1")
    assert (ran.code, ran.err) == (0, "")
    assert str(backup) in ran.out
    assert file.read_bytes() == STUB
    assert backup.read_text() == "mine = 1\n"
    assert beside(file) == ["conv.py", "conv.py.backup-1"]


def test_an_untouched_stub_is_left_alone_and_nothing_is_kept(workspace, run_verb):
    file = workspace.file_of(CONV)
    before = file.stat()
    ran = run_verb("reset", "cnn/conv2d")
    assert ran.code == 0
    assert "nothing was changed" in ran.out
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert beside(file) == ["conv.py"]


def test_no_backup_is_ever_overwritten_not_even_one_that_leaves_a_gap(workspace, file):
    for number in (1, 3):
        file.with_name(f"conv.py.backup-{number}").write_text(f"older {number}")
    assert reset_exercise(workspace, CONV).backup == file.with_name("conv.py.backup-2")
    file.write_text("mine = 2\n")
    assert reset_exercise(workspace, CONV).backup == file.with_name("conv.py.backup-4")
    kept = [file.with_name(f"conv.py.backup-{number}").read_text() for number in (1, 2, 3, 4)]
    assert kept == ["older 1", "mine = 1\n", "older 3", "mine = 2\n"]


def test_a_dangling_link_in_the_backup_s_place_is_no_free_name(workspace, file):
    file.with_name("conv.py.backup-1").symlink_to("nowhere")
    assert reset_exercise(workspace, CONV).backup == file.with_name("conv.py.backup-2")
    assert not file.with_name("nowhere").exists()


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_where_there_are_no_links_a_copy_is_kept_and_overwrites_nothing_either(workspace, file, monkeypatch, number):
    def no_links(_source, target):
        if os.path.lexists(target):
            raise FileExistsError(target)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tutor.resetting.os.link", no_links)
    file.with_name("conv.py.backup-1").write_text("older")
    assert reset_exercise(workspace, CONV).backup == file.with_name("conv.py.backup-2")
    assert file.with_name("conv.py.backup-2").read_text() == "mine = 1\n"
    assert (file.read_bytes(), file.with_name("conv.py.backup-1").read_text()) == (STUB, "older")


def test_a_full_disk_leaves_the_file_as_it_was_and_no_draft(workspace, file, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tutor.resetting.os.fsync", full)
    with pytest.raises(Refusal, match="No space left"):
        reset_exercise(workspace, CONV)
    assert file.read_text() == "mine = 1\n"
    assert beside(file) == ["conv.py", "conv.py.backup-1"]


def test_a_file_that_is_gone_comes_back_without_a_backup(workspace, run_verb):
    file = workspace.file_of(CONV)
    file.unlink()
    file.parent.joinpath("blocks.py").unlink()
    assert "kept in" not in run_verb("reset", "cnn/conv2d").out
    assert file.read_bytes() == STUB
    mask = os.umask(0)
    os.umask(mask)
    assert file.stat().st_mode & 0o777 == 0o666 & ~mask


def test_permissions_and_a_link_to_another_place_stay(workspace, file, tmp_path):
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("mine = 3\n")
    elsewhere.chmod(0o640)
    file.unlink()
    file.symlink_to(elsewhere)
    backup = reset_exercise(workspace, CONV).backup
    assert backup == tmp_path / "elsewhere.py.backup-1"
    assert file.is_symlink()
    assert (elsewhere.read_bytes(), elsewhere.stat().st_mode & 0o777) == (STUB, 0o640)


def test_a_folder_in_its_place_is_left_alone(file, run_verb):
    file.unlink()
    file.mkdir()
    ran = run_verb("reset", "cnn/conv2d")
    assert (ran.code, ran.out) == (2, "")
    assert file.is_dir()
