import math
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from progress.evidence import EvidenceStore, ExerciseEvidence, GivenUp, RunEvidence
from progress.record_errors import RecordReadOnly

ROOT = Path(__file__).parents[2]

RUN = RunEvidence(
    run_id="cnn-quick-001",
    project="cnn",
    preset="quick",
    is_evidence=True,
    metric_name="held_out_accuracy",
    metric=0.975,
    fingerprints={"cnn/conv2d": "5f2c"},
    workspace_id="a1b2",
    created_at="2026-03-01T10:00:00+00:00",
)


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / ".phase3")


def verdict(status: str = "passed", exercise_id: str = "cnn/conv2d", **more: object) -> dict[str, object]:
    return {"id": exercise_id, "status": status, "fingerprint": "5f2c", "content_version": "1", **more}


def only(store: EvidenceStore) -> ExerciseEvidence:
    (evidence,) = store.verdicts().values()
    return evidence


def test_a_verdict_is_kept_with_the_code_it_was_given_for(store):
    store.add_verdicts([verdict("failed", mistake="flipped-kernel", seed=3, checked_at="2026-03-01T10:00:00+00:00")])
    assert only(store) == ExerciseEvidence(
        id="cnn/conv2d",
        status="failed",
        checked_at="2026-03-01T10:00:00+00:00",
        fingerprint="5f2c",
        content_version="1",
        mistake="flipped-kernel",
        seed=3,
        attempts=1,
        passes=0,
        best_status="failed",
    )


def test_a_verdict_without_a_time_is_given_one(store):
    store.add_verdicts([verdict()])
    assert datetime.fromisoformat(only(store).checked_at).tzinfo


@pytest.mark.parametrize("status", ["passed", "variant", "fragile"])
def test_what_counts_as_done(store, status):
    store.add_verdicts([verdict(status)])
    assert only(store).done


@pytest.mark.parametrize("status", ["failed", "error", "timeout", "missing", "unverifiable"])
def test_what_does_not_count_as_done(store, status):
    store.add_verdicts([verdict(status)])
    assert not only(store).done


def test_evidence_is_stale_when_the_code_is_another_or_gone(store):
    store.add_verdicts([verdict()])
    assert not only(store).is_stale("5f2c")
    assert all(only(store).is_stale(current) for current in ("77aa", "", None))
    nothing_there = replace(only(store), status="missing", fingerprint="")
    assert nothing_there.is_stale("")


def test_the_latest_verdict_counts_and_the_best_is_remembered(store):
    for status in ("failed", "fragile", "passed", "error"):
        store.add_verdicts([verdict(status)])
    evidence = only(store)
    assert (evidence.status, evidence.best_status) == ("error", "passed")
    assert (evidence.attempts, evidence.passes) == (4, 2)


def test_a_mistake_once_named_is_gone_after_passing(store):
    store.add_verdicts([verdict("failed", mistake="flipped-kernel", seed=4)])
    store.add_verdicts([verdict("passed")])
    assert (only(store).mistake, only(store).seed) == (None, None)


def test_a_verdict_that_could_not_be_reached_takes_nothing_away(store):
    store.add_verdicts([verdict("passed")])
    store.add_verdicts([verdict("unverifiable", fingerprint="77aa")])
    evidence = only(store)
    assert (evidence.status, evidence.fingerprint, evidence.attempts) == ("passed", "5f2c", 2)


def test_one_check_is_one_transaction(store):
    store.add_verdicts([verdict(exercise_id=name) for name in ("cnn/conv2d", "cnn/batchnorm2d", "cnn/resnet")])
    assert b'"generation":1' in store.record.path.read_bytes()
    assert set(store.verdicts()) == {"cnn/conv2d", "cnn/batchnorm2d", "cnn/resnet"}


def test_a_verdict_without_an_id_records_none_of_its_check(store):
    with pytest.raises(KeyError):
        store.add_verdicts([verdict(), {"status": "passed"}])
    assert store.verdicts() == {}
    assert list(store.journal.events()) == []


def test_hints_are_counted_before_and_after_a_check(store):
    assert store.hint_shown("cnn/conv2d") == 1
    assert store.verdicts() == {}
    assert store.hint_shown("cnn/conv2d") == 2
    assert store.hint_shown("cnn/resnet") == 1
    store.add_verdicts([verdict()])
    assert only(store).hints_shown == 2
    assert store.hints_shown() == {"cnn/conv2d": 2, "cnn/resnet": 1}


def test_giving_up_is_recorded_once_and_passing_afterwards_does_not_take_it_away(store):
    assert store.given_up() == {}
    at = store.give_up("cnn/conv2d")
    assert datetime.fromisoformat(at).tzinfo
    assert store.give_up("cnn/conv2d") == at
    store.add_verdicts([verdict()])
    assert store.given_up() == {"cnn/conv2d": GivenUp("cnn/conv2d", at)}
    given = [event for event in store.journal.events() if event["event"] == "give-up"]
    assert given == [{"event": "give-up", "id": "cnn/conv2d", "at": at}]


GIVEN_UP = GivenUp("cnn/conv2d", "2026-03-01T22:00:00+00:00")
RESET = replace(GIVEN_UP, reset_at="2026-03-01T22:30:00+00:00")


def solved(at: str, own: str | None = "mine", **more: Any) -> dict[str, object]:
    return verdict(checked_at=at, own=own, shown="the solution", **more)


def test_a_pass_on_a_later_day_after_a_reset_with_code_of_their_own_redeems():
    assert RESET.after(solved("2026-03-02T00:10:00+00:00")).redeemed_at == "2026-03-02T00:10:00+00:00"
    assert RESET.after(solved("2026-03-02T00:10:00+00:00", status="variant")).redeemed_at


@pytest.mark.parametrize(
    ("given_up", "seen"),
    [
        (GIVEN_UP, solved("2026-03-02T08:00:00+00:00")),
        (RESET, solved("2026-03-01T23:59:00+00:00")),
        (RESET, solved("2026-03-02T08:00:00+00:00", own="the solution")),
        (RESET, solved("2026-03-02T08:00:00+00:00", own=None)),
        (RESET, solved("2026-03-02T08:00:00+00:00", status="failed")),
        (replace(GIVEN_UP, reset_at="2026-03-03T08:00:00+00:00"), solved("2026-03-02T08:00:00+00:00")),
    ],
    ids=["no reset", "the same day", "the shown solution", "nobody knows whose", "not passed", "before the reset"],
)
def test_nothing_else_redeems(given_up, seen):
    assert given_up.after(seen) == given_up


def test_once_redeemed_it_stays_so():
    redeemed = replace(RESET, redeemed_at="2026-03-02T08:00:00+00:00")
    assert redeemed.after(solved("2026-03-05T08:00:00+00:00", own="the solution")) == redeemed
    assert redeemed.after_reset("2026-03-06T08:00:00+00:00") == redeemed


def test_the_record_keeps_reset_and_redemption_and_what_was_not_given_up_has_neither(store):
    store.give_up("cnn/conv2d")
    for exercise_id in ("cnn/conv2d", "cnn/resnet"):
        store.note_reset(exercise_id)
        store.add_verdicts([solved("2126-03-02T08:00:00+00:00", exercise_id=exercise_id)])
    (given_up,) = store.given_up().values()
    assert given_up.id == "cnn/conv2d"
    assert given_up.reset_at >= given_up.at
    assert given_up.redeemed_at == "2126-03-02T08:00:00+00:00"
    assert [event["id"] for event in store.journal.events() if event["event"] == "reset"] == ["cnn/conv2d"]


def test_a_row_of_the_version_before_is_read(store):
    with store.record.transaction() as database:
        database.table("given_up").insert({"id": "cnn/conv2d", "at": GIVEN_UP.at})
    assert store.given_up() == {"cnn/conv2d": GIVEN_UP}


def test_a_run_is_kept_with_all_it_claims(store):
    store.add_run(RUN)
    assert store.runs() == [RUN]


def test_a_run_evaluated_again_replaces_its_row(store):
    store.add_run(RUN)
    store.add_run(replace(RUN, run_id="cnn-quick-002"))
    store.add_run(replace(RUN, metric=0.98))
    assert [(run.run_id, run.metric) for run in store.runs()] == [
        ("cnn-quick-001", 0.98),
        ("cnn-quick-002", 0.975),
    ]


def test_a_metric_that_is_not_finite_is_recorded_as_none(store):
    store.add_run(replace(RUN, metric=math.nan))
    assert store.runs() == [replace(RUN, metric=None)]


def test_the_workspace_keeps_the_id_it_was_given(store, tmp_path):
    assert store.known_workspace_id() == ""
    made = store.workspace_id()
    assert made
    assert store.known_workspace_id() == made
    assert store.workspace_id() == made
    store.record.path.parent.rename(tmp_path / "moved")
    assert EvidenceStore(tmp_path / "moved").workspace_id() == made
    assert EvidenceStore(tmp_path / "other").workspace_id() != made


def test_two_tutors_that_start_at_once_agree_on_the_id(store):
    ends = []
    for _ in range(4):
        read_end, write_end = os.pipe()
        if not os.fork():
            try:
                os.write(write_end, store.workspace_id().encode())
            finally:
                os._exit(0)
        os.close(write_end)
        ends.append(read_end)
    told = {os.fdopen(end).read() for end in ends}
    for _ in ends:
        os.wait()
    assert told == {store.workspace_id()}


def test_rows_of_a_later_version_are_read_without_what_is_not_known(store):
    store.add_verdicts([verdict()])
    store.add_run(RUN)
    with store.record.transaction() as database:
        database.table("exercises").update({"invented_later": 1})
        database.table("runs").update({"invented_later": 1})
    assert only(store).status == "passed"
    assert store.runs() == [RUN]


def test_the_history_keeps_every_attempt(store):
    store.add_verdicts([verdict("failed", mistake="no-bias"), verdict("error", "cnn/resnet")])
    store.add_verdicts([verdict()])
    store.hint_shown("cnn/conv2d")
    store.add_run(RUN)
    events = [(event["event"], event.get("status")) for event in store.journal.events()]
    assert events == [
        ("check", "failed"),
        ("check", "error"),
        ("check", "passed"),
        ("hint", None),
        ("run", None),
    ]


def test_the_record_stays_small_however_often_is_checked(store):
    for _ in range(3):
        store.add_verdicts([verdict()])
    size = store.record.path.stat().st_size
    for _ in range(20):
        store.add_verdicts([verdict()])
    assert store.record.path.stat().st_size <= size + 8


def test_a_history_that_cannot_be_written_is_said_and_the_verdict_counts(store):
    store.journal.path.mkdir(parents=True)
    store.add_verdicts([verdict()])
    assert only(store).done
    assert "history" in store.notices[0]


def test_a_folder_that_cannot_be_written_refuses_and_still_reads(store, monkeypatch):
    store.add_verdicts([verdict()])
    assert store.why_not_recording() is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert isinstance(store.why_not_recording(), RecordReadOnly)
    assert only(store).done


def test_the_record_loads_neither_torch_nor_a_screen_nor_the_other_rooms():
    unwanted = ("torch", "numpy", "textual", "rich", "typer", "models", "lessons", "tutor", "filelock")
    script = (
        f"import sys, progress.evidence, progress.criteria;print([name for name in {unwanted} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
