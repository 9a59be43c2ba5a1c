"""The learner's folder: made once, never overwritten, and refused in words where it cannot be."""

import errno
import os
from pathlib import Path

import pytest

from lessons.catalog import curriculum, exercises_by_id
from tutor.refusals import Refusal
from tutor.workspace import init_workspace, open_workspace, workspace_at


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_init_makes_every_folder_and_a_stub_for_every_exercise(tmp_path):
    made = init_workspace(tmp_path / "a" / "b")

    assert made.created == tuple(exercise.file for exercise in curriculum().exercises)
    assert made.kept == ()
    units = {unit.id for unit in curriculum().units if unit.exercises}
    assert {path.name for path in made.workspace.root.iterdir()} == units | {"notes", "report", "runs", ".phase3"}
    for exercise in curriculum().exercises:
        assert made.workspace.file_of(exercise).read_bytes() == exercise.stub.read_bytes()


def test_init_again_leaves_every_byte_of_the_learner_as_it_was(workspace):
    (workspace.root / "cnn" / "conv.py").write_text("mine = 1\n")
    (workspace.root / "notes" / "day1.md").write_text("a note\n")
    before = snapshot(workspace.root)

    made = init_workspace(workspace.root)

    assert made.created == ()
    assert "cnn/conv.py" in made.kept
    assert snapshot(workspace.root) == before


def test_init_keeps_a_file_that_is_empty(workspace):
    file = workspace.root / "cnn" / "conv.py"
    file.write_bytes(b"")

    init_workspace(workspace.root)

    assert file.read_bytes() == b""


def test_init_keeps_a_link_to_nowhere(workspace):
    file = workspace.root / "cnn" / "conv.py"
    file.unlink()
    file.symlink_to(workspace.root / "elsewhere.py")

    assert "cnn/conv.py" in init_workspace(workspace.root).kept
    assert file.is_symlink()
    assert not (workspace.root / "elsewhere.py").exists()


def test_init_brings_back_only_the_stub_that_was_removed(workspace, run_verb):
    (workspace.root / "cnn" / "blocks.py").unlink()
    (workspace.root / "cnn" / "conv.py").write_text("mine = 1\n")

    ran = run_verb("init")

    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if line.startswith("made")] == ["made  cnn/blocks.py"]
    assert (workspace.root / "cnn" / "blocks.py").is_file()
    assert (workspace.root / "cnn" / "conv.py").read_text() == "mine = 1\n"


def test_a_file_in_the_workspaces_place_is_refused_and_untouched(tmp_path, run_verb):
    place = tmp_path / "phase3"
    place.write_text("precious")

    for verb in ("init", "status", "check"):
        ran = run_verb(verb)
        assert (ran.code, ran.out) == (2, "")
        assert "a file" in ran.err
        assert f"where: {place}" in ran.err
        assert "phase3-tutor init" in ran.err
    assert place.read_text() == "precious"


def test_a_file_above_the_workspace_is_refused(tmp_path, run_verb):
    (tmp_path / "file").write_text("")

    ran = run_verb("init", tmp_path / "file" / "phase3")

    assert ran.code == 2
    assert "Not a directory" in ran.err


def test_a_file_where_a_unit_s_folder_should_be_is_named(tmp_path, run_verb):
    (tmp_path / "phase3").mkdir()
    (tmp_path / "phase3" / "cnn").write_text("not a folder")

    ran = run_verb("init")

    assert ran.code == 2
    assert "A file stands where the workspace needs a folder." in ran.err
    assert f"where: {tmp_path / 'phase3' / 'cnn'}" in ran.err
    assert (tmp_path / "phase3" / "cnn").read_text() == "not a folder"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_is_refused_with_the_system_s_reason(tmp_path, monkeypatch, run_verb, number):
    def refuse(path: str, *_rest: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "mkdir", refuse)
    ran = run_verb("init")

    assert ran.code == 2
    assert os.strerror(number) in ran.err
    assert str(tmp_path / "phase3") in ran.err
    assert "choose another folder" in ran.err


def test_half_a_stub_on_a_full_disk_is_not_kept_as_the_learner_s_own(tmp_path):
    class Full:
        """Takes ten bytes, as a disk does that is nearly full."""

        def write(self, content: bytes) -> int:
            path.write_bytes(content[:10])
            return 10

    from tutor.workspace import _write_all

    path = tmp_path / "conv.py"
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        _write_all(Full(), b"x" * 100, path)  # type: ignore[arg-type]

    assert not path.exists()


def test_the_folder_that_is_named_counts_before_the_variable_and_that_before_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHASE3_WORKSPACE", str(tmp_path / "variable"))

    assert workspace_at(tmp_path / "named").root == tmp_path / "named"
    assert workspace_at(None).root == tmp_path / "variable"
    monkeypatch.setenv("PHASE3_WORKSPACE", "")
    assert workspace_at(None).root == tmp_path / "home" / "phase3"


def test_a_tilde_is_the_home_folder_in_the_argument_and_in_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PHASE3_WORKSPACE", "~/from variable")

    assert workspace_at(Path("~/named")).root == tmp_path / "named"
    assert workspace_at(None).root == tmp_path / "from variable"


def test_a_home_folder_that_is_not_known_is_refused_in_words(run_verb):
    ran = run_verb("status", "--workspace", "~nobody-of-this-name/phase3")

    assert ran.code == 2
    assert "~nobody-of-this-name/phase3" in ran.err
    assert "--workspace DIR" in ran.err


def test_a_relative_folder_is_told_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert workspace_at(Path("here")).root == tmp_path / "here"


@pytest.mark.parametrize("verb", ["init", "status"])
def test_a_name_that_is_too_long_for_the_system_is_refused_in_words(tmp_path, run_verb, verb):
    ran = run_verb(verb, "--workspace", tmp_path / ("x" * 300))

    assert ran.code == 2
    assert "next:" in ran.err


def test_a_workspace_that_was_not_made_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(Refusal) as refusal:
        open_workspace(tmp_path / "none")

    assert refusal.value.place == str(tmp_path / "none")
    assert refusal.value.next_step == f"make it: phase3-tutor init {tmp_path / 'none'}"
    assert refusal.value.exit_code == 2
    assert not (tmp_path / "none").exists()


def test_commands_that_are_suggested_can_be_pasted_whatever_the_folder_is_called(tmp_path, run_verb):
    folder = tmp_path / "Übung 3 & Ärger"

    refused = run_verb("status", "--workspace", folder)
    made = run_verb("init", folder)

    assert f"phase3-tutor init '{folder}'" in refused.err
    assert f"Next: phase3-tutor --workspace '{folder}'" in made.out
    assert (folder / "cnn" / "conv.py").is_file()
    assert run_verb("status", "--workspace", folder).code == 0


def test_a_name_that_is_no_text_is_shown_and_works(tmp_path, run_verb):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))

    made = run_verb("init", folder)

    assert made.code == 0
    assert "caf\\udce9" in made.out
    assert run_verb("status", "--json", "--workspace", folder).code == 0


def test_an_exercise_s_file_lies_inside_the_workspace(workspace):
    assert workspace.file_of(exercises_by_id()["cnn/conv2d"]) == workspace.root / "cnn" / "conv.py"
