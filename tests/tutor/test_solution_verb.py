"""`solution`: shown after passing, or after giving up, which the record and the standing keep."""

import ast
import json

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from progress.evidence import EvidenceStore
from progress.record_errors import RecordReadOnly

CONV = exercises_by_id()["cnn/conv2d"]


def given_up(workspace) -> dict[str, str]:
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
    assert list(given_up(workspace)) == ["cnn/conv2d"]
    assert "given up: its solution was shown" in run_verb("status").out
    rows = {row["id"]: row["given_up"] for row in json.loads(run_verb("status", "--json").out)["exercises"]}
    assert [exercise_id for exercise_id, is_given_up in rows.items() if is_given_up] == ["cnn/conv2d"]
    assert run_verb("solution", "cnn/conv2d").code == 0, "it was given up already"


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
