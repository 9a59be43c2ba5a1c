"""What the five criteria ask for is put together from the course and the presets."""

from dataclasses import replace

from lessons.catalog import curriculum, exercises_by_id
from models.presets import PRESETS, part_ids
from progress.criteria import judge_criteria, phase4
from progress.evidence import ExerciseEvidence, RunEvidence
from progress.needs import Bar, Seen
from tutor.course_needs import PROJECTS, QUICK, course_needs, project_id


def project(name: str):
    return next(need for need in course_needs().projects if need.id == project_id(name))


def test_every_exercise_of_the_course_is_asked_for_and_only_those_that_are_built_can_be_done():
    needs = course_needs().exercises
    assert [need.id for need in needs] == list(curriculum().exercise_ids)
    assert {need.id for need in needs if need.available} == set(exercises_by_id())
    assert all(need.do == f"phase3-tutor check {need.id}" for need in needs)


def test_the_three_projects_are_asked_for_and_the_built_one_by_its_quick_bar_alone():
    assert [need.id for need in course_needs().projects] == [project_id(name) for name in PROJECTS]
    built = project("cnn")
    assert built.available
    assert built.bars == {QUICK: Bar("held_out_accuracy", PRESETS["cnn"][QUICK].bar)}
    assert built.parts == part_ids("cnn")
    assert project("transformer").bars == {QUICK: Bar("held_out_exact", 0.99)}
    assert project("transformer").parts == part_ids("transformer")


def test_a_project_that_is_not_built_yet_is_asked_for_all_the_same(monkeypatch):
    monkeypatch.delitem(PRESETS, "transformer")
    assert not project("transformer").available


def test_the_recurrent_project_is_judged_by_nats_where_less_is_better():
    built = project("rnn")
    assert built.bars == {QUICK: Bar("held_out_loss", PRESETS["rnn"][QUICK].bar, higher_is_better=False)}
    assert built.parts == ("rnn/lstm_cell", "rnn/lstm", "rnn/clip_grad_norm", "rnn/char_lm")


def test_what_is_to_come_is_asked_for_all_the_same_so_phase_4_cannot_open_early():
    needs = course_needs()
    seen = Seen(
        verdicts={i: ExerciseEvidence(i, "passed", "now", "f") for i in curriculum().exercise_ids},
        fingerprints=dict.fromkeys(curriculum().exercise_ids, "f"),
        graded=frozenset(need.id for need in (*needs.questions, *needs.predictions, *needs.drills, needs.report)),
    )
    criteria = judge_criteria(needs, seen)

    assert [criterion.id for criterion in criteria] == ["implement", "explain", "modify", "read", "portfolio"]
    assert not any(criterion.met for criterion in criteria)
    assert not phase4(criteria).unlocked


def test_a_run_past_the_quick_bar_is_found_under_the_project_s_name():
    parts = part_ids("cnn")
    run = RunEvidence(
        "cnn-quick-001", project_id("cnn"), QUICK, True, "held_out_accuracy", 0.98, dict.fromkeys(parts, "f"), "w"
    )
    seen = Seen(
        verdicts={i: ExerciseEvidence(i, "passed", "now", "f") for i in parts},
        fingerprints=dict.fromkeys(parts, "f"),
        runs=(run,),
        workspace_id="w",
    )

    def missing(seen: Seen) -> list[str]:
        portfolio = judge_criteria(course_needs(), seen)[-1]
        return [line for line in portfolio.missing if line.startswith("project/cnn:")]

    assert missing(seen) == []
    assert "did not reach its bar" in missing(replace(seen, runs=(replace(run, metric=0.5),)))[0]
    assert "no run of quick yet" in missing(replace(seen, runs=(replace(run, preset="full"),)))[0]
