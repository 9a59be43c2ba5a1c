"""`check --file`: one file outside any workspace, for teachers and for the CI of a class."""

import json
import xml.etree.ElementTree as ET

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.solutions import solution_source
from tutor.file_checking import root_of
from tutor.refusals import Refusal

CONV = exercises_by_id()["cnn/conv2d"]


@pytest.fixture
def handed(tmp_path):
    """A right solution of conv2d as somebody mailed it, with no workspace anywhere."""
    path = tmp_path / "mail box" / "ada.py"
    path.parent.mkdir()
    path.write_text(solution_source(CONV), encoding="utf-8")
    return path


def ask(run_verb, path, *more):
    return run_verb("check", "--file", path, "--exercise", "cnn/conv2d", *more)


@pytest.mark.usefixtures("judge")
def test_a_right_file_passes_without_a_workspace_and_leaves_nothing_behind(handed, run_verb, tmp_path):
    ran = ask(run_verb, handed)
    assert (ran.code, ran.err) == (0, "")
    assert "PASSED" in ran.out
    assert [path.name for path in tmp_path.rglob("*")] == ["mail box", "ada.py"]


@pytest.mark.parametrize(
    ("status", "code"),
    [("passed", 0), ("fragile", 0), ("failed", 1), ("error", 1), ("missing", 1), ("unverifiable", 3)],
)
def test_its_exit_code_is_that_of_any_other_check(handed, judge, run_verb, status, code):
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", status, "a sentence")
    assert ask(run_verb, handed).code == code


def test_json_says_which_file_in_place_of_a_workspace_and_carries_the_mistake(handed, judge, run_verb):
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "Turned.", mistake="flipped-kernel")
    ran = ask(run_verb, handed, "--json", "--seed", 3)
    answer = json.loads(ran.out)
    assert (ran.code, answer["workspace"], answer["passed"]) == (1, None, False)
    assert (answer["file"], answer["root"]) == (str(handed), str(handed.parent))
    assert answer["results"][0]["mistake"] == "flipped-kernel"
    assert (answer["criteria"], answer["phase4"]["unlocked"]) == ([], False)
    assert judge.asked[-1][2] == 3


def test_junit_of_one_file_carries_the_mistake_too(handed, judge, run_verb, tmp_path):
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "Turned.", mistake="flipped-kernel")
    assert ask(run_verb, handed, "--junit", tmp_path / "r.xml").code == 1
    failure = ET.parse(tmp_path / "r.xml").find(".//failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("flipped-kernel", "Turned.")


def test_a_judge_that_cannot_start_says_nothing_about_the_author(handed, judge, run_verb):
    judge.answers["cnn/conv2d"] = Refusal("The judge process ended: no torch.", "judge", "install it", 3)
    ran = ask(run_verb, handed)
    assert ran.code == 3
    assert "COULD NOT BE VERIFIED" in ran.out


@pytest.mark.usefixtures("judge")
def test_a_recorded_workspace_is_not_touched(workspace, handed, run_verb):
    before = sorted(workspace.root.rglob("*"))
    ask(run_verb, handed)
    assert sorted(workspace.root.rglob("*")) == before


def test_a_file_in_the_workspace_s_layout_has_its_siblings_beside_it(tmp_path):
    blocks = exercises_by_id()["cnn/basic_block"]
    assert root_of(tmp_path / "ada" / "cnn" / "blocks.py", blocks) == tmp_path / "ada"
    assert root_of(tmp_path / "cnn" / "other.py", blocks) == tmp_path / "cnn"
    assert root_of(tmp_path / "ada.py", blocks) == tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--file", "ada.py"], "--file ada.py --exercise cnn/conv2d"),
        (["--exercise", "cnn/conv2d"], "--file PATH --exercise cnn/conv2d"),
        (["--file", "nowhere.py", "--exercise", "cnn/conv2d"], "There is no file here."),
        (["--file", ".", "--exercise", "cnn/conv2d"], "This is no ordinary file."),
        (["--file", "x" * 300, "--exercise", "cnn/conv2d"], "There is no such file"),
        (["--file", "ada.py", "--exercise", "cnn/conv3d"], "try cnn/conv2d"),
        (["cnn", "--file", "ada.py", "--exercise", "cnn/conv2d"], "leave out cnn"),
        (["--file", "ada.py", "--exercise", "cnn/conv2d", "--workspace", "w"], "do not go together"),
        (["--file", "ada.py", "--exercise", "cnn/conv2d", "--self"], "do not go together"),
        (["--self", "--junit", "r.xml"], "do not go together"),
        (["cnn", "--junit", "nowhere/r.xml"], "its folder is not there"),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_what_makes_no_sense_is_refused_before_anything_is_checked(
    handed, judge, run_verb, monkeypatch, arguments, words
):
    monkeypatch.chdir(handed.parent)
    ran = run_verb("check", *arguments)
    assert (ran.code, ran.out, judge.asked) == (2, "", [])
    assert words in ran.err


@pytest.mark.usefixtures("workspace")
def test_junit_of_a_workspace_has_a_case_for_each_exercise_and_criterion(solve, judge, run_verb, tmp_path):
    solve()
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "Turned.", mistake="flipped-kernel")
    ran = run_verb("check", "cnn", "--junit", tmp_path / "r.xml", "--json")
    suites = ET.parse(tmp_path / "r.xml").getroot()
    names = [exercise.name for exercise in exercises_by_id().values() if exercise.unit == "cnn"]
    assert [case.get("name") for case in suites.iter("testcase")] == names
    assert (suites.get("failures"), len(json.loads(ran.out)["results"])) == ("1", len(names))
    run_verb("check", "criteria", "--junit", tmp_path / "r.xml")
    assert {case.get("classname") for case in ET.parse(tmp_path / "r.xml").iter("testcase")} >= {"cnn", "criteria"}


def test_the_real_judge_names_the_mistake_in_a_file_that_lies_anywhere(tmp_path, run_verb):
    wrong = sorted((CONV.folder / "mistakes").glob("*.py"))[0]
    path = tmp_path / "ada.py"
    path.write_bytes(wrong.read_bytes())
    answer = json.loads(ask(run_verb, path, "--json").out)
    assert answer["results"][0]["mistake"] == wrong.stem.replace("_", "-")
    assert [each.name for each in tmp_path.iterdir()] == ["ada.py"]
