"""The kill matrix and the totals of `check --self`; the checking itself is the judge's."""

import json

import pytest

from lessons.catalog import curriculum
from tutor.self_checking import draw_report, self_object

KILLED = {"id": "flipped-kernel", "killed": True, "named_as": "flipped-kernel", "killed_by": [0, 2]}
SURVIVES = {"id": "no-bias", "killed": False, "named_as": None, "killed_by": []}
MISNAMED = {"id": "wrong-pad", "killed": True, "named_as": "no-bias", "killed_by": [1]}
GOOD_VARIANT = {"id": "loops", "status": "passed", "wanted": "passed", "message": ""}
BAD_VARIANT = {"id": "einsum", "status": "failed", "wanted": "passed", "message": "it differs"}


def report(mistakes=(KILLED,), variants=(GOOD_VARIANT,), problems=()) -> dict:
    return {
        "id": "cnn/conv2d", "stub": "missing", "reference": "passed", "oracle": "passed", "seconds": 1.2,
        "cases": ["one pixel", "a stride of 2", "a batch"], "mistakes": list(mistakes), "variants": list(variants),
        "problems": list(problems),
    }  # fmt: skip


@pytest.fixture
def judge_says(monkeypatch):
    """The judge's reports by exercise; what is not set is a clean one."""
    said: dict[str, dict] = {}

    class Judge:
        async def self_check(self, exercise_id: str) -> dict:
            return report() | {"id": exercise_id} | said.get(exercise_id, {})

        async def close(self) -> None:
            return

    monkeypatch.setattr("tutor.self_checking.JudgeClient", Judge)
    return said


def test_the_matrix_has_a_row_a_mistake_and_a_mark_where_a_case_tells_it():
    lines = draw_report(report([KILLED, SURVIVES, MISNAMED]))
    assert lines[0] == "cnn/conv2d  stub missing, reference passed, torch's own passed, 1.2 s"
    assert lines[1].split() == ["012"]
    assert lines[2] == "  flipped-kernel  x.x"
    assert lines[3].split() == ["no-bias", "...", "SURVIVES", "NAMED", "None"]
    assert lines[4].split() == ["wrong-pad", ".x.", "NAMED", "no-bias"]
    assert "loops (passed)" in lines[-2]


def test_totals_count_what_survives_what_is_misnamed_and_what_is_rejected():
    answer = self_object([report([KILLED, SURVIVES, MISNAMED], [GOOD_VARIANT, BAD_VARIANT], ["no-bias survives"])])
    assert answer["passed"] is False
    assert answer["totals"] == {"mistakes": 3, "killed": 2, "named": 1, "variants": 2, "rejected": 1}


@pytest.mark.usefixtures("judge_says")
def test_without_problems_the_checker_passes_every_exercise_of_the_course(run_verb):
    ran = run_verb("check", "--self", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err, answer["passed"]) == (0, "", True)
    assert [row["id"] for row in answer["exercises"]] == [exercise.id for exercise in curriculum().exercises]


def test_a_problem_is_told_with_its_file_and_ends_with_1(judge_says, run_verb):
    judge_says["cnn/resnet"] = {"problems": ["mistakes/no_stride.py survives: add a case that it fails"]}
    ran = run_verb("check", "--self", "cnn/resnet", "cnn/conv2d")
    assert ran.code == 1
    assert ran.err == "lessons/cnn/resnet: mistakes/no_stride.py survives: add a case that it fails\n"
    assert "2 mistakes: 2 caught, 2 named; 2 variants: 2 accepted" in ran.out


@pytest.mark.usefixtures("judge_says")
def test_it_needs_no_workspace(run_verb, tmp_path):
    assert run_verb("check", "--self", "cnn/conv2d").code == 0
    assert not (tmp_path / "phase3").exists()
