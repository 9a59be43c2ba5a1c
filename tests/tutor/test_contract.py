"""The JSON that scripts rely on: its keys, types and meanings."""

import json

from lessons.catalog import curriculum
from lessons.checking.verdict import Verdict
from models.presets import PRESETS, part_ids
from progress.evidence import EvidenceStore
from tutor.contract import check_object, status_object
from tutor.recording import (
    fingerprint_of,
    record_finished_runs,
    record_reverified_run,
    record_verdicts,
    run_evidence,
)
from tutor.standing import standing_of

STATUSES = {"passed", "variant", "fragile", "failed", "error", "timeout", "missing", "unverifiable"}


def pass_all_parts(workspace) -> None:
    for exercise_id in part_ids("cnn"):
        verdict = Verdict(exercise_id, "passed", "")
        record_verdicts(workspace, [verdict], {exercise_id: fingerprint_of(workspace, exercise_id)})


def assert_criteria(answer: dict) -> None:
    assert [row["id"] for row in answer["criteria"]] == ["implement", "explain", "modify", "read", "portfolio"]
    for row in answer["criteria"]:
        assert isinstance(row["met"], bool)
        assert row["because"]
        assert isinstance(row["missing"], list)
    assert isinstance(answer["phase4"]["unlocked"], bool)
    assert answer["phase4"]["missing"] == [row["id"] for row in answer["criteria"] if not row["met"]]


def test_check_has_every_key_of_the_contract_in_its_type(workspace):
    verdicts = [Verdict("cnn/conv2d", "failed", "a sentence", mistake="flipped-kernel", hint="a hint", seconds=0.41)]
    answer = json.loads(json.dumps(check_object(workspace, verdicts, standing_of(workspace))))

    assert (answer["schema"], answer["workspace"], answer["passed"]) == (1, str(workspace.root), False)
    (row,) = answer["results"]
    assert list(row)[:7] == ["id", "kind", "status", "message", "mistake", "hint", "seconds"]
    assert (row["kind"], row["mistake"], row["hint"], row["seconds"]) == (
        "exercise",
        "flipped-kernel",
        "a hint",
        0.41,
    )
    assert row["status"] in STATUSES
    assert (row["seed"], row["stdout"], row["detail"]) == (0, "", [])
    assert_criteria(answer)


def test_passed_covers_the_results_and_not_the_criteria(workspace):
    done = [Verdict("a/b", status, "") for status in ("passed", "variant", "fragile")]
    standing = standing_of(workspace)
    assert check_object(workspace, done, standing)["passed"] is True
    assert check_object(workspace, done, standing)["phase4"]["unlocked"] is False
    for status in ("failed", "error", "timeout", "missing", "unverifiable"):
        assert check_object(workspace, [*done, Verdict("a/c", status, "")], standing)["passed"] is False


def test_a_project_s_result_is_of_its_own_kind(workspace):
    answer = check_object(workspace, [Verdict("project/cnn", "missing", "")], standing_of(workspace))
    assert answer["results"][0]["kind"] == "project"


def test_without_a_readable_record_the_results_stand_and_nothing_is_unlocked(workspace):
    answer = check_object(workspace, [Verdict("cnn/conv2d", "passed", "")], None)
    assert answer["passed"] is True
    assert (answer["criteria"], answer["phase4"]) == ([], {"unlocked": False, "missing": []})


def test_status_has_every_key_of_the_contract_in_its_type(workspace):
    answer = json.loads(json.dumps(status_object(standing_of(workspace))))

    assert (answer["schema"], answer["workspace"], answer["id"]) == (1, str(workspace.root), "")
    assert answer["week"] == "13-14"
    assert set(answer["next"]) == {"what", "why", "command"}
    assert answer["next"]["command"].startswith("phase3-tutor ")
    assert [row["id"] for row in answer["exercises"]] == list(curriculum().exercise_ids)
    for row in answer["exercises"]:
        assert row["status"] in {None, "missing"}
        assert (row["stale"], row["checked_at"]) == (False, None)
    assert [row["id"] for row in answer["projects"]] == ["cnn", "rnn", "transformer"]
    assert answer["runs"] == []
    assert_criteria(answer)


def test_a_checked_exercise_has_its_status_and_when_and_a_changed_one_is_stale(workspace, solve):
    solve("cnn/conv2d")
    now = fingerprint_of(workspace, "cnn/conv2d")
    record_verdicts(workspace, [Verdict("cnn/conv2d", "passed", "")], {"cnn/conv2d": now})
    row = status_object(standing_of(workspace))["exercises"][0]
    assert (row["status"], row["stale"]) == ("passed", False)
    assert row["checked_at"].startswith("20")

    file = workspace.root / "cnn" / "conv.py"
    file.write_text(file.read_text() + "\n\ndef conv2d(x):\n    return x\n")
    row = status_object(standing_of(workspace))["exercises"][0]
    assert (row["status"], row["state"], row["stale"]) == (None, "stale", True)


def test_a_project_tells_its_bar_its_longer_preset_and_its_best_run(workspace, make_run):
    def project() -> dict:
        return status_object(standing_of(workspace))["projects"][0]

    assert project() == {"id": "cnn", "quick": "not run", "full": "not run", "best_run": None}

    record_finished_runs(workspace, [make_run("cnn-quick-001", held_out=0.9)])
    assert project() == {"id": "cnn", "quick": "not passed", "full": "not run", "best_run": "cnn-quick-001"}

    record_finished_runs(workspace, [make_run("cnn-quick-002", held_out=0.98)])
    assert project() == {"id": "cnn", "quick": "passed", "full": "not run", "best_run": "cnn-quick-002"}

    record_finished_runs(workspace, [make_run("cnn-full-001", preset="full", held_out=0.95)])
    assert project()["full"] == "not comparable"

    low = make_run("cnn-full-002", preset="full", held_out=0.5, comparable=True)
    record_finished_runs(workspace, [low])
    assert project()["full"] == "not matched"

    high = make_run("cnn-full-003", preset="full", held_out=0.91, comparable=True)
    record_finished_runs(workspace, [high])
    assert project()["full"] == "matched"


def test_a_run_of_the_reference_s_code_is_no_best_run(workspace, make_run):
    record_finished_runs(workspace, [make_run(source="reference", held_out=0.99)])
    assert status_object(standing_of(workspace))["projects"][0]["best_run"] is None


def test_a_project_of_a_later_version_is_coming(workspace, monkeypatch):
    monkeypatch.delitem(PRESETS, "transformer")
    assert status_object(standing_of(workspace))["projects"][2] == {
        "id": "transformer",
        "quick": "coming",
        "full": "coming",
        "best_run": None,
    }


def test_runs_are_listed_newest_first_with_how_far_they_are(workspace, make_run):
    make_run("cnn-quick-001", state="stopped", step=90, created_at="2026-01-01T00:00:00+00:00")
    make_run("cnn-quick-002", created_at="2026-01-02T00:00:00+00:00")

    assert status_object(standing_of(workspace))["runs"] == [
        {"id": "cnn-quick-002", "state": "finished", "step": 180, "total": 180},
        {"id": "cnn-quick-001", "state": "stopped", "step": 90, "total": 180},
    ]


def test_the_workspace_s_id_is_told_once_it_has_one(workspace):
    made = EvidenceStore(workspace.record_folder).workspace_id()
    assert status_object(standing_of(workspace))["id"] == made != ""


def test_a_good_run_of_one_s_own_code_holds_its_project_in_the_portfolio(workspace, solve, make_run):
    solve()
    pass_all_parts(workspace)
    run = make_run(workspace_id=EvidenceStore(workspace.record_folder).workspace_id())
    record_finished_runs(workspace, [run])
    unverified = status_object(standing_of(workspace))["criteria"][-1]
    record_reverified_run(workspace, run_evidence(run), holds=True)

    portfolio = status_object(standing_of(workspace))["criteria"][-1]

    assert unverified["because"].startswith("0 of 3 projects")
    assert any("not verified: phase3-tutor check project/cnn" in line for line in unverified["missing"])
    assert portfolio["because"].startswith("1 of 3 projects")
