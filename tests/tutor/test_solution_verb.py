"""`solution`: shown after passing, or after giving up, which the record and the standing keep."""

import ast
import json

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.solutions import shown_solution
from progress.evidence import EvidenceStore, GivenUp
from progress.record_errors import RecordReadOnly

CONV = exercises_by_id()["cnn/conv2d"]


def given_up(workspace) -> dict[str, GivenUp]:
    return EvidenceStore(workspace.record_folder).given_up()


def test_before_passing_nothing_is_shown_and_nothing_recorded(workspace, run_verb):
    ran = run_verb("solution", "cnn/conv2d")
    assert (ran.code, ran.out) == (2, "")
    assert "einsum" not in ran.err
    assert given_up(workspace) == {}


@pytest.mark.usefixtures("judge")
def test_after_passing_it_is_shown_and_no_one_has_given_up(workspace, solve, run_verb):
    solve("cnn/conv2d")
    run_verb("check", "cnn/conv2d")
    ran = run_verb("solution", "cnn/conv2d", "--give-up")
    assert (ran.code, ran.err) == (0, "")
    assert "def conv2d(" in ran.out
    assert CONV.equation.strip().splitlines()[1] in ran.out
    assert "Given up" not in ran.out
    assert given_up(workspace) == {}


@pytest.mark.usefixtures("workspace")
def test_who_has_passed_once_may_see_it_after_breaking_their_code(solve, judge, run_verb):
    solve("cnn/conv2d")
    run_verb("check", "cnn/conv2d")
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "broken now")
    run_verb("check", "cnn/conv2d")
    assert run_verb("solution", "cnn/conv2d").code == 0


@pytest.mark.usefixtures("workspace")
def test_a_failed_check_is_no_pass(solve, judge, run_verb):
    solve("cnn/conv2d")
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "wrong")
    run_verb("check", "cnn/conv2d")
    assert run_verb("solution", "cnn/conv2d").code == 2


def test_giving_up_shows_it_is_recorded_and_the_standing_says_so(workspace, run_verb):
    ran = run_verb("solution", "cnn/conv2d", "--give-up")
    assert ran.code == 0
    assert "def conv2d(" in ran.out
    assert "Given up on" in ran.out
    assert ran.out.index("does not count for the completion criteria") < ran.out.index("def conv2d(")
    assert list(given_up(workspace)) == ["cnn/conv2d"]
    assert "given up: its solution was shown" in run_verb("status").out
    rows = {row["id"]: row["given_up"] for row in json.loads(run_verb("status", "--json").out)["exercises"]}
    assert [exercise_id for exercise_id, is_given_up in rows.items() if is_given_up] == ["cnn/conv2d"]
    assert run_verb("solution", "cnn/conv2d").code == 0, "it was given up already"


def implement(run_verb) -> list[str]:
    found = json.loads(run_verb("status", "--json").out)
    (criterion,) = [each for each in found["criteria"] if each["id"] == "implement"]
    return [line for line in criterion["missing"] if line.startswith("cnn/conv2d:")]


@pytest.mark.usefixtures("judge")
def test_it_counts_again_after_a_reset_and_a_pass_on_a_later_day_with_code_of_their_own(
    workspace, solve, run_verb, monkeypatch
):
    day = iter(f"2026-03-{day:02}T10:00:00+00:00" for day in range(1, 29))
    monkeypatch.setattr("progress.evidence._now", lambda: next(day))
    run_verb("solution", "cnn/conv2d", "--give-up")
    solve("cnn/conv2d")
    run_verb("check", "cnn/conv2d")
    (missing,) = implement(run_verb)
    assert "given up on 2026-03-01, so it does not count yet: put the stub back" in missing
    assert missing.endswith("phase3-tutor reset cnn/conv2d")

    run_verb("reset", "cnn/conv2d")
    workspace.file_of(CONV).write_text(shown_solution(CONV).replace("def conv2d", "\n# typed in\ndef conv2d"))
    run_verb("check", "cnn/conv2d")
    (missing,) = implement(run_verb)
    assert "with code that is not the shown solution's; phase3-tutor check cnn/conv2d" in missing

    workspace.file_of(CONV).write_text("def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):\n    return x\n")
    run_verb("check", "cnn/conv2d")
    assert implement(run_verb) == []
    assert "given up, then solved anew" in run_verb("status").out
    assert "does not count" not in run_verb("solution", "cnn/conv2d").out


@pytest.mark.usefixtures("workspace")
def test_what_giving_up_costs_is_told_before(run_verb):
    assert "counts only when it passes anew on a later day" in " ".join(run_verb("solution", "cnn/conv2d").err.split())


@pytest.mark.usefixtures("workspace")
def test_where_it_cannot_be_recorded_it_is_not_shown(run_verb, monkeypatch):
    def refuse(_record):
        raise RecordReadOnly("Nothing is being recorded.", "the folder", "make it writable")

    monkeypatch.setattr("progress.record.Record.transaction", refuse)
    ran = run_verb("solution", "cnn/conv2d", "--give-up")
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing is being recorded." in ran.err


@pytest.mark.usefixtures("workspace")
def test_the_code_can_be_copied_out_of_a_narrow_pipe(run_verb, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    out = run_verb("solution", "cnn/conv2d", "--give-up", "--ascii").out
    assert out.isascii()
    code = out[out.index("import torch") : out.index("    return y")] + "    return y\n"
    assert any(isinstance(node, ast.FunctionDef) for node in ast.parse(code).body)
