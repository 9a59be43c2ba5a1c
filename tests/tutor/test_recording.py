"""What was seen goes into the record, for the code it was seen of; where it cannot, a sentence says so."""

import os

import pytest

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from progress.evidence import EvidenceStore
from progress.record_errors import RecordReadOnly
from tutor.recording import fingerprint_of, record_finished_runs, record_reverified_run, record_verdicts, run_evidence

CONV = "cnn/conv2d"


def store_of(workspace) -> EvidenceStore:
    return EvidenceStore(workspace.record_folder)


@pytest.fixture
def read_only(monkeypatch):
    """A record that may be read and not written, as on a read-only mount."""

    def refuse(_record):
        raise RecordReadOnly("The progress folder may be read but not written.", "the folder", "make it writable")

    monkeypatch.setattr("progress.record.Record.transaction", refuse)


def test_a_verdict_is_kept_with_the_fingerprint_of_its_code_the_seed_and_the_check_s_version(workspace, solve):
    solve(CONV)
    now = fingerprint_of(workspace, CONV)
    verdict = Verdict(CONV, "failed", "a sentence", mistake="flipped-kernel", seed=11)

    assert record_verdicts(workspace, [verdict], {CONV: now}) is None

    kept = store_of(workspace).verdicts()[CONV]
    assert (kept.status, kept.mistake, kept.seed, kept.fingerprint) == ("failed", "flipped-kernel", 11, now)
    assert kept.content_version == curriculum().content_version
    assert kept.attempts == 1
    assert not kept.is_stale(fingerprint_of(workspace, CONV))


def test_code_that_cannot_be_read_has_no_fingerprint(workspace):
    workspace.file_of(exercises_by_id()[CONV]).write_text("def conv2d(:\n")
    assert fingerprint_of(workspace, CONV) == ""
    workspace.file_of(exercises_by_id()[CONV]).unlink()
    assert fingerprint_of(workspace, CONV) == ""


def test_comments_layout_and_docstrings_do_not_change_a_fingerprint_and_a_number_does(workspace, solve):
    solve(CONV)
    file = workspace.file_of(exercises_by_id()[CONV])
    before, text = fingerprint_of(workspace, CONV), file.read_text()

    file.write_text("# a new first line\n\n" + text.replace('    """', '    """Another sentence. ', 1))
    assert fingerprint_of(workspace, CONV) == before

    file.write_text(text.replace("stride: int = 1", "stride: int = 2"))
    assert fingerprint_of(workspace, CONV) != before


@pytest.mark.usefixtures("read_only")
def test_a_record_that_cannot_be_written_is_told_and_not_raised(workspace, make_run):
    notice = record_verdicts(workspace, [Verdict(CONV, "passed", "")], {CONV: "f"})
    assert notice is not None
    assert notice.startswith("Not recorded: The progress folder may be read but not written.")
    assert "make it writable" in notice

    run = make_run()
    assert "Not recorded" in (record_finished_runs(workspace, [run]) or "")
    assert "Not recorded" in (record_reverified_run(workspace, run_evidence(run), True) or "")


def test_a_full_disk_is_told_in_the_notice(workspace, monkeypatch):
    def full(*_arguments):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("progress.record.write_durably", full)
    assert "the disk is full" in (record_verdicts(workspace, [Verdict(CONV, "passed", "")], {CONV: "f"}) or "")


def test_a_finished_run_is_taken_in_once_with_its_figure_and_whose_code_it_was(workspace, make_run):
    run = make_run(held_out=0.98)
    assert record_finished_runs(workspace, [run]) is None
    assert record_finished_runs(workspace, [run]) is None

    (kept,) = store_of(workspace).runs()
    assert (kept.run_id, kept.project, kept.preset, kept.metric) == ("cnn-quick-001", "cnn", "quick", 0.98)
    assert kept.metric_name == "held_out_accuracy"
    assert kept.is_evidence
    assert set(kept.fingerprints) == {exercise.id for exercise in curriculum().exercises}
    history = (workspace.record_folder / "attempts.jsonl").read_text()
    assert history.count('"event": "run"') + history.count('"event":"run"') == 1


def test_a_run_with_a_reference_in_it_is_kept_and_is_no_evidence(workspace, make_run):
    record_finished_runs(workspace, [make_run(source="reference")])
    assert not store_of(workspace).runs()[0].is_evidence


@pytest.mark.parametrize("state", ["created", "stopped", "failed", "diverged", "running"])
def test_a_run_that_did_not_finish_is_not_taken_in(workspace, make_run, state):
    record_finished_runs(workspace, [make_run(state=state)])
    assert store_of(workspace).runs() == []


def test_a_new_run_under_a_removed_run_s_name_takes_its_place(workspace, make_run, tmp_path):
    first = make_run(held_out=0.98)
    record_finished_runs(workspace, [first])
    first.path.rename(tmp_path / "removed")

    record_finished_runs(workspace, [make_run(held_out=0.91, created_at="2026-02-02T00:00:00+00:00")])

    assert [run.metric for run in store_of(workspace).runs()] == [0.91]


@pytest.mark.parametrize("file", ["status.json", "config.json"])
def test_a_damaged_run_is_passed_over_and_the_others_are_taken_in(workspace, make_run, file):
    damaged, sound = make_run("cnn-quick-001"), make_run("cnn-quick-002")
    (damaged.path / file).write_text("{")

    assert record_finished_runs(workspace, [damaged, sound]) is None

    assert [run.run_id for run in store_of(workspace).runs()] == ["cnn-quick-002"]


def test_a_run_that_was_evaluated_again_says_when(workspace, make_run):
    run = run_evidence(make_run())
    assert run.checked_at == ""
    assert record_reverified_run(workspace, run, holds=True) is None
    assert store_of(workspace).runs()[0].checked_at.startswith("20")
    assert record_reverified_run(workspace, run, holds=False) is None
    assert store_of(workspace).runs()[0].checked_at == ""
