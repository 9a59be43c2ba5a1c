"""Runs are laid out whole or not at all, from the learner's code where it passes, and trained by a process apart."""

import os
import shutil
import signal
import sys

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Status, Verdict
from models.data_store import DataMissing
from models.presets import FUSED_PARTS, PresetRefused, part_ids
from models.runs import RunDirectory, RunStatus, list_runs
from progress.evidence import EvidenceStore
from progress.record_errors import RecordReadOnly
from tutor import trainer_client
from tutor.child_programs import child_command
from tutor.recording import fingerprint_of, record_verdicts
from tutor.refusals import Refusal
from tutor.run_parts import parts_for, reference_parts
from tutor.trainer_client import resume_run, start_run, stop_and_wait, stop_run

# A trainer as far as its folder shows: takes the lock, says so, and ends as its first word tells.
TRAINER = """
import os, signal, sys, time
from pathlib import Path
from models.runs import RunDirectory, RunStatus
run = RunDirectory(Path(sys.argv[-1]))
asked = []
signal.signal(signal.SIGTERM, lambda *_: asked.append(1))
with run.lock():
    run.write_status(RunStatus("running", step=3, total_steps=180, pid=os.getpid()))
    while not asked or HOW == "deaf":
        time.sleep(0.01)
    run.write_status(RunStatus("stopped", step=4, total_steps=180, pid=os.getpid()))
"""

FUSED_OF_CNN = {name for name in FUSED_PARTS if name.startswith("cnn/")}


def passes(workspace, *exercise_ids: str, status: Status = "passed") -> None:
    for exercise_id in exercise_ids:
        verdict = Verdict(exercise_id, status, "")
        record_verdicts(workspace, [verdict], {exercise_id: fingerprint_of(workspace, exercise_id)})


@pytest.fixture
def launched(monkeypatch):
    """The runs whose trainer would have been started."""
    runs: list[RunDirectory] = []
    monkeypatch.setattr(trainer_client, "_launch", runs.append)
    return runs


@pytest.fixture
def trainer(monkeypatch, workspace):
    """`trainer("deaf")` puts that script in the trainer's place; what it started is ended afterwards."""

    def put(how: str, script: str = TRAINER) -> None:
        script = script.replace("HOW", repr(how))
        monkeypatch.setattr(trainer_client, "child_command", lambda *rest: [sys.executable, "-c", script, *rest])
        # The script imports our rooms from the checkout; the real child finds them by being installed.
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))

    yield put
    for run in list_runs(workspace.runs):
        if run.is_alive():
            os.killpg(run.status().pid, signal.SIGKILL)


def test_a_part_is_the_learner_s_while_it_passes_as_it_stands(workspace, solve):
    solve()
    passes(workspace, *part_ids("cnn"))

    parts = parts_for(workspace, "cnn")

    assert [part.exercise_id for part in parts] == list(part_ids("cnn"))
    for part in parts:
        exercise = exercises_by_id()[part.exercise_id]
        assert (part.source, part.file, part.symbol, part.reason) == ("learner", exercise.file, exercise.symbol, "")
        assert part.fingerprint == fingerprint_of(workspace, part.exercise_id) != ""
    assert reference_parts(parts) == ()


def test_a_stub_is_filled_by_the_reference_and_the_reason_is_told(workspace):
    lent = reference_parts(parts_for(workspace, "cnn"))
    assert len(lent) == 4
    assert {(part.source, part.fingerprint, part.reason) for part in lent} == {("reference", "", "not passed yet")}


@pytest.mark.parametrize("status", ["failed", "error", "timeout", "missing", "unverifiable"])
def test_a_part_whose_last_verdict_is_no_pass_is_the_reference_s(workspace, solve, status):
    solve()
    passes(workspace, *part_ids("cnn"))
    passes(workspace, "cnn/batchnorm2d", status=status)
    lent = reference_parts(parts_for(workspace, "cnn"))
    # A verdict that could not be reached takes nothing away from the one before.
    assert [part.exercise_id for part in lent] == ([] if status == "unverifiable" else ["cnn/batchnorm2d"])


@pytest.mark.parametrize("status", ["variant", "fragile"])
def test_a_variant_and_a_fragile_part_are_trained_as_the_learner_s(workspace, solve, status):
    solve()
    passes(workspace, *part_ids("cnn"), status=status)
    assert reference_parts(parts_for(workspace, "cnn")) == ()


def test_a_twin_computes_only_what_was_found_equal_to_it(workspace, solve):
    solve()
    passes(workspace, *part_ids("cnn"))
    twins = {part.exercise_id for part in parts_for(workspace, "cnn") if part.has_twin}
    assert twins == FUSED_OF_CNN

    passes(workspace, "cnn/batchnorm2d", status="variant")
    twins = {part.exercise_id for part in parts_for(workspace, "cnn") if part.has_twin}
    assert twins == FUSED_OF_CNN - {"cnn/batchnorm2d"}, "a variant differs from torch's layer: its own code runs"


def test_a_part_that_changed_since_it_passed_is_the_reference_s_and_so_are_those_that_use_it(workspace, solve):
    solve()
    passes(workspace, *part_ids("cnn"))
    blocks = workspace.root / "cnn" / "blocks.py"
    blocks.write_text(blocks.read_text() + "\n\nclass BasicBlock:\n    pass\n")

    lent = reference_parts(parts_for(workspace, "cnn"))

    assert [part.exercise_id for part in lent] == ["cnn/basic_block", "cnn/resnet"]
    assert {part.reason for part in lent} == {"changed since it passed"}


def test_a_run_is_complete_before_its_trainer_starts(workspace, solve, launched):
    solve()
    passes(workspace, *part_ids("cnn"))

    run = start_run(workspace, "cnn", "quick", {"epochs": "2"}, seed=5, device="cpu", twin=False)

    config = run.config()
    assert [each.path for each in launched] == [run.path]
    assert (config.id, run.id) == ("cnn-quick-001", "cnn-quick-001")
    assert (config.seed, config.twin, config.settings["epochs"]) == (5, False, 2)
    assert config.is_evidence
    assert config.workspace_id == EvidenceStore(workspace.record_folder).known_workspace_id() != ""
    assert run.status().state == "created"
    assert config.versions["torch"] != "unknown"
    for exercise in exercises_by_id().values():
        assert (run.modules / exercise.file).read_bytes() == workspace.file_of(exercise).read_bytes()


@pytest.mark.usefixtures("launched")
def test_a_later_edit_does_not_reach_a_run_s_copies(workspace, solve):
    solve()
    run = start_run(workspace, "cnn", "quick")
    before = (run.modules / "cnn" / "conv.py").read_bytes()
    (workspace.root / "cnn" / "conv.py").write_text("broken(")
    assert (run.modules / "cnn" / "conv.py").read_bytes() == before


@pytest.mark.usefixtures("launched")
def test_siblings_of_the_parts_are_copied_and_what_is_no_file_is_left_out(workspace, solve):
    solve()
    (workspace.root / "cnn" / "mine").mkdir()
    (workspace.root / "cnn" / "mine" / "tools.py").write_text("A = 1\n")
    (workspace.root / "cnn" / ".#conv.py").symlink_to("ada@laptop.1234:1700000000")  # Emacs, a file with changes
    (workspace.root / "cnn" / "folder.py").mkdir()

    run = start_run(workspace, "cnn", "quick")

    assert (run.modules / "cnn" / "mine" / "tools.py").read_text() == "A = 1\n"
    assert not (run.modules / "cnn" / ".#conv.py").exists()
    assert not (run.modules / "cnn" / "folder.py").exists()


@pytest.mark.usefixtures("launched")
def test_each_run_gets_the_next_free_name(workspace):
    assert [start_run(workspace, "cnn", "quick").id for _ in range(3)] == [
        "cnn-quick-001",
        "cnn-quick-002",
        "cnn-quick-003",
    ]


@pytest.mark.parametrize(
    ("wish", "error", "word"),
    [
        ({"project": "gan"}, PresetRefused, "use one of: cnn, rnn"),
        ({"preset": "huge"}, PresetRefused, "use one of: quick, full, paper"),
        ({"changes": {"epoch": "3"}}, PresetRefused, "did you mean epochs"),
        ({"changes": {"epochs": "many"}}, PresetRefused, "--set epochs=8"),
        ({"changes": {"bar": "0.1"}}, PresetRefused, "allowed:"),
        ({"device": "gpu"}, Refusal, "use one of: cpu, cuda, mps"),
        ({"preset": "full"}, DataMissing, "phase3-tutor data import cifar10 PATH"),
    ],
)
def test_what_cannot_be_is_refused_before_a_folder_is_made(workspace, launched, wish, error, word):
    with pytest.raises(error) as refusal:
        start_run(workspace, **({"project": "cnn", "preset": "quick"} | wish))
    assert word in refusal.value.next_step
    assert launched == []
    assert list(workspace.runs.iterdir()) == []


@pytest.mark.usefixtures("launched")
def test_a_record_that_cannot_be_written_refuses_the_run_before_a_folder_is_made(workspace, monkeypatch):
    def refuse(_record):
        raise RecordReadOnly("Nothing is being recorded.", "the folder", "make it writable")

    monkeypatch.setattr("progress.record.Record.transaction", refuse)
    with pytest.raises(RecordReadOnly):
        start_run(workspace, "cnn", "quick")
    assert list(workspace.runs.iterdir()) == []


def test_a_full_disk_while_modules_are_copied_leaves_no_half_made_run(workspace, solve, launched, monkeypatch):
    solve()

    def full(_source, target):
        raise OSError(28, os.strerror(28), str(target))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(Refusal) as refusal:
        start_run(workspace, "cnn", "quick")

    assert os.strerror(28) in refusal.value.thing
    assert "modules" in refusal.value.place
    assert launched == []
    assert list(workspace.runs.iterdir()) == []


@pytest.mark.usefixtures("launched")
def test_runs_that_are_a_file_are_refused_in_words(workspace):
    workspace.runs.rmdir()
    workspace.runs.write_text("")
    with pytest.raises(Refusal, match="folder cannot be made"):
        start_run(workspace, "cnn", "quick")


@pytest.mark.usefixtures("workspace")
def test_a_run_that_is_running_is_not_resumed(make_run, launched):
    run = make_run()
    with run.lock():
        run.write_status(RunStatus("running", step=3, total_steps=180))
        with pytest.raises(Refusal) as refusal:
            resume_run(run)
    assert refusal.value.next_step == "follow it: phase3-tutor runs follow cnn-quick-001"
    assert launched == []


def test_a_run_that_has_finished_is_not_resumed(make_run, launched):
    with pytest.raises(Refusal) as refusal:
        resume_run(make_run())
    assert refusal.value.thing == "cnn-quick-001 has finished."
    assert launched == []


@pytest.mark.parametrize("state", ["created", "stopped", "failed", "diverged", "running"])
def test_a_run_that_ended_before_its_end_goes_on(make_run, launched, state):
    run = make_run(state=state)  # "running" without a trainer that holds the lock: it died
    resume_run(run)
    assert launched == [run]


def test_a_run_with_a_damaged_status_can_be_resumed_as_its_message_says(make_run, launched):
    run = make_run(state="stopped")
    (run.path / "status.json").write_text("{")
    resume_run(run)
    assert launched == [run]


def test_the_trainer_is_started_in_a_session_of_its_own_and_has_taken_up_the_run_on_return(workspace, trainer):
    trainer("polite")
    run = start_run(workspace, "cnn", "quick")

    status = run.status()
    assert status.state == "running"
    assert run.is_alive()
    assert os.getsid(status.pid) == status.pid

    assert stop_and_wait(run).state == "stopped"
    assert not run.is_alive()
    assert list_runs(workspace.runs)[0].status().step == 4


def test_a_trainer_that_does_not_listen_is_ended_for_good(workspace, trainer):
    trainer("deaf")
    run = start_run(workspace, "cnn", "quick")
    assert stop_and_wait(run, patience_s=0.2).state == "died"
    assert not run.is_alive()


def test_stopping_what_does_not_run_is_refused(make_run):
    run = make_run(state="stopped")
    assert stop_run(run) is False
    with pytest.raises(Refusal) as refusal:
        stop_and_wait(run)
    assert refusal.value.thing == "cnn-quick-001 is not running."


def test_a_trainer_that_ends_before_it_begins_is_told_with_where_its_words_are(workspace, trainer):
    trainer("", "import sys; print('no torch here'); sys.exit(7)")
    with pytest.raises(Refusal) as refusal:
        start_run(workspace, "cnn", "quick")
    assert "exit code 7" in refusal.value.thing
    assert refusal.value.exit_code == 3
    (run,) = list_runs(workspace.runs)
    assert refusal.value.place == str(run.log)
    assert "no torch here" in run.log.read_text()


def test_the_trainer_is_the_package_s_own_child():
    assert child_command("trainer", "folder")[-3:] == ["--child", "trainer", "folder"]
