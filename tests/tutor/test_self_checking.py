"""`check --self` from outside: what it prints where and how it ends. The checking itself is the judge's."""

import json
import re
from typing import Any

import pytest

from lessons.authoring.rows import RowProblem
from lessons.catalog import curriculum
from lessons.questions.linting import BankProblem, BankReport
from tutor.self_checking import self_object

KILLED = {"id": "flipped-kernel", "killed": True, "named_as": "flipped-kernel", "killed_by": [0, 2]}
SURVIVES = {"id": "no-bias", "killed": False, "named_as": None, "killed_by": []}
MISNAMED = {"id": "wrong-pad", "killed": True, "named_as": "no-bias", "killed_by": [1]}
GOOD_VARIANT = {"id": "loops", "status": "passed", "wanted": "passed", "message": ""}
BAD_VARIANT = {"id": "einsum", "status": "failed", "wanted": "passed", "message": "it differs"}
IDS = [exercise.id for exercise in curriculum().exercises]


def report(mistakes=(KILLED,), variants=(GOOD_VARIANT,), problems=()) -> dict[str, Any]:
    return {
        "id": "cnn/conv2d", "stub": "missing", "reference": "passed", "oracle": "passed", "seconds": 1.2,
        "cases": ["one pixel", "a stride of 2", "a batch"], "mistakes": list(mistakes), "variants": list(variants),
        "alone": [[], [], []], "spare": [], "problems": list(problems), "notes": [],
    }  # fmt: skip


@pytest.fixture
def judge_says(monkeypatch) -> dict[str, dict[str, Any]]:
    """The judge's reports by exercise; what is not set is a clean one."""
    said: dict[str, dict[str, Any]] = {}

    class Judge:
        async def self_check(self, exercise_id: str) -> dict[str, Any]:
            return report() | {"id": exercise_id} | said.get(exercise_id, {})

        async def close(self) -> None:
            return

    monkeypatch.setattr("tutor.side_by_side.JudgeClient", Judge)
    return said


@pytest.fixture
def rows_say(monkeypatch) -> list[RowProblem]:
    """What is wrong with curriculum.toml."""
    said: list[RowProblem] = []
    monkeypatch.setattr("tutor.self_checking.row_problems", lambda: said)
    return said


def test_the_object_has_the_keys_of_the_contract_and_no_others():
    answer = self_object([report([KILLED, SURVIVES, MISNAMED], [GOOD_VARIANT, BAD_VARIANT])], False)
    assert answer == {
        "schema": 1,
        "passed": False,
        "exercises": [
            {
                "id": "cnn/conv2d",
                "stub": "missing",
                "reference": "passed",
                "mistakes": [
                    {"id": "flipped-kernel", "killed": True, "named_as": "flipped-kernel",
                     "killed_by": ["one pixel", "a batch"]},
                    {"id": "no-bias", "killed": False, "named_as": None, "killed_by": []},
                    {"id": "wrong-pad", "killed": True, "named_as": "no-bias", "killed_by": ["a stride of 2"]},
                ],
                "variants": [{"id": "loops", "status": "passed"}, {"id": "einsum", "status": "failed"}],
                "seconds": 1.2,
            }
        ],
        "totals": {"mistakes": 3, "killed": 2, "named": 1, "variants": 2, "rejected": 1},
    }  # fmt: skip


def test_95_of_100_names_are_enough_and_94_are_not():
    enough = self_object([report([KILLED] * 95 + [MISNAMED] * 5)], True)
    assert (enough["passed"], enough["totals"]["named"]) == (True, 95)
    assert self_object([report([KILLED] * 94 + [MISNAMED] * 6)], True)["passed"] is False


@pytest.mark.usefixtures("judge_says")
def test_without_problems_the_checker_passes_every_exercise_of_the_course(run_verb):
    ran = run_verb("check", "--self", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err, answer["passed"]) == (0, "", True)
    assert [row["id"] for row in answer["exercises"]] == IDS


def test_a_problem_is_told_with_its_file_and_ends_with_1(judge_says, run_verb):
    judge_says["cnn/resnet"] = {"problems": ["mistakes/no_stride.py survives: add a case that it fails"]}
    ran = run_verb("check", "--self", "cnn/resnet", "cnn/conv2d")
    assert ran.code == 1
    assert ran.err == "lessons/cnn/resnet: mistakes/no_stride.py survives: add a case that it fails\n"
    assert "2 mistakes: 2 caught, 2 named; 2 variants: 2 accepted" in ran.out


def test_too_few_names_end_with_1_though_each_of_them_is_only_a_note(judge_says, run_verb):
    judge_says["cnn/conv2d"] = {"mistakes": [KILLED] * 9 + [MISNAMED]}
    ran = run_verb("check", "--self", "cnn/conv2d", "--json")
    assert (ran.code, json.loads(ran.out)["passed"]) == (1, False)
    assert ran.err.startswith("9 of 10 mistakes are named as themselves, 95% have to be: ")


BROKEN = BankReport(4, 800, (BankProblem("cnn/pooling.questions.toml", "cnn/pooling/left", "no number", "add it"),))


@pytest.mark.usefixtures("judge_says")
def test_the_questions_of_a_whole_unit_are_tried_and_told_in_one_row(run_verb):
    ran = run_verb("check", "--self", "cnn")
    found = re.search(r"\nquestions: (\d+) questions, (\d+) variants tried, all hold\n", ran.out)
    assert found is not None
    questions, variants = found.groups()
    assert int(variants) == 200 * int(questions) > 0
    assert json.loads(run_verb("check", "--self", "cnn", "--json").out)["questions"] == {
        "questions": int(questions), "variants": int(variants), "problems": [],
    }  # fmt: skip
    assert "questions:" not in run_verb("check", "--self", "cnn/conv2d").out


@pytest.mark.usefixtures("judge_says")
def test_a_question_that_does_not_hold_ends_with_1(run_verb, monkeypatch):
    monkeypatch.setattr("tutor.self_checking.lint_bank", lambda _lessons: BROKEN)
    ran = run_verb("check", "--self", "cnn")
    assert (ran.code, ran.err) == (1, "lessons/cnn/pooling.questions.toml, cnn/pooling/left: no number: add it\n")
    assert "questions: 4 questions, 800 variants tried, 1 problem, see below" in ran.out
    assert json.loads(run_verb("check", "--self", "cnn", "--json").out)["passed"] is False


@pytest.mark.usefixtures("judge_says")
def test_a_lesson_that_lacks_a_part_ends_with_1_where_its_unit_was_asked_for(run_verb, monkeypatch):
    monkeypatch.setattr("tutor.self_checking.figure_names", lambda: ("nothing",))
    ran = run_verb("check", "--self", "cnn")
    assert ran.code == 1
    assert 'lessons/cnn/convolution.md: its figure "kernel_walk" is none of nothing.' in ran.err
    assert run_verb("check", "--self", "cnn/conv2d").code == 0


@pytest.mark.usefixtures("judge_says")
def test_it_needs_no_workspace(run_verb, tmp_path):
    assert run_verb("check", "--self", "cnn/conv2d").code == 0
    assert not (tmp_path / "phase3").exists()


@pytest.mark.usefixtures("judge_says")
def test_rows_that_do_not_agree_are_told_for_what_was_asked(rows_say, run_verb):
    rows_say += [
        RowProblem("cnn/conv2d", "curriculum.toml: cnn/conv2d has two rows: keep one, or give it another id"),
        RowProblem("cnn/new", "lessons/cnn/new/ has no row: add one", rowless=True),
    ]
    ran = run_verb("check", "--self", "cnn/conv2d")
    assert (ran.code, ran.err) == (
        1, "lessons/curriculum.toml: cnn/conv2d has two rows: keep one, or give it another id\n",
    )  # fmt: skip
    assert run_verb("check", "--self", "cnn").err.count("\n") == 2
    assert run_verb("check", "--self").err.count("\n") == 2


@pytest.mark.usefixtures("judge_says")
def test_a_folder_without_a_row_is_told_and_is_no_unknown_exercise(rows_say, run_verb):
    rows_say.append(RowProblem("cnn/new", "lessons/cnn/new/ has no row: add one", rowless=True))
    ran = run_verb("check", "--self", "cnn/new", "--json")
    assert (ran.code, ran.err) == (1, "lessons/cnn/new/ has no row: add one\n")
    assert json.loads(ran.out)["exercises"] == []
    both = run_verb("check", "--self", "cnn/new", "cnn/conv2d", "--json")
    assert [row["id"] for row in json.loads(both.out)["exercises"]] == ["cnn/conv2d"]


def test_a_table_that_cannot_be_read_is_told_and_nothing_is_run(rows_say, judge_says, run_verb, monkeypatch):
    monkeypatch.setattr("tutor.self_checking.targeted", lambda _words: pytest.fail("the catalogue was read"))
    rows_say.append(RowProblem("", "curriculum.toml is not readable as TOML (line 3): mend that line", fatal=True))
    ran = run_verb("check", "--self", "--json")
    assert (ran.code, json.loads(ran.out)["passed"], judge_says) == (1, False, {})
    assert ran.err == "lessons/curriculum.toml is not readable as TOML (line 3): mend that line\n"


@pytest.mark.usefixtures("judge_says")
def test_the_matrix_is_written_for_what_was_asked_and_is_the_same_every_time(run_verb, tmp_path):
    page = tmp_path / "matrix.md"
    assert run_verb("check", "--self", "cnn/conv2d", "--matrix", page).code == 0
    first = page.read_bytes()
    assert b"| `flipped-kernel` | one pixel | 2 of 3 | yes |" in first
    assert run_verb("check", "--self", "cnn/conv2d", "--matrix", page, "--json").code == 0
    assert page.read_bytes() == first


@pytest.mark.usefixtures("judge_says")
def test_a_matrix_that_cannot_be_written_or_is_of_no_content_is_refused(run_verb, tmp_path):
    ran = run_verb("check", "--self", "cnn/conv2d", "--matrix", tmp_path / "nowhere" / "matrix.md")
    assert ran.code == 2
    assert "The kill matrix cannot be written: No such file or directory." in ran.err
    ran = run_verb("check", "cnn/conv2d", "--matrix", tmp_path / "matrix.md")
    assert ran.code == 2
    assert "next:  phase3-tutor check --self --matrix" in ran.err
