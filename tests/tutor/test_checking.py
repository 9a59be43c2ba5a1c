"""What a target means, and that nothing that was found out is lost on the way to the reader."""

import asyncio
from pathlib import Path

import pytest

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from models.presets import PRESETS
from progress.evidence import EvidenceStore
from progress.record_errors import RecordNewer, RecordReadOnly
from tutor.checking import check_all, check_exercises, targeted
from tutor.refusals import NOT_VERIFIABLE, Refusal

BUILT = tuple(exercises_by_id().values())
CNN = curriculum().units[0].exercises


def check(workspace, *words, **options):
    return asyncio.run(check_all(workspace, targeted(words), **options))


def test_no_target_means_every_exercise_and_project():
    assert targeted([]).exercises == BUILT
    assert targeted([]) == targeted(["all"])
    assert targeted([]).projects == tuple(PRESETS)
    assert not targeted([]).criteria


def test_criteria_are_everything_and_themselves():
    assert targeted(["criteria"]).criteria
    assert targeted(["criteria"]).exercises == BUILT


def test_a_unit_is_its_exercises_without_the_project():
    assert targeted(["cnn"]).exercises == CNN
    assert targeted(["cnn"]).projects == ()


def test_what_is_to_come_is_a_target_by_its_name_and_no_part_of_its_unit(an_exercise_to_come):
    unit = curriculum().units[-1]
    assert an_exercise_to_come in unit.coming
    assert (targeted([an_exercise_to_come]).exercises, targeted([an_exercise_to_come]).coming) == (
        (),
        (an_exercise_to_come,),
    )
    assert (targeted([unit.id]).exercises, targeted([unit.id]).coming) == (unit.exercises, ())


def test_a_target_named_twice_is_checked_once_in_the_order_given():
    wanted = targeted(["cnn/resnet", "cnn/conv2d", "cnn/resnet", "cnn"])
    assert [exercise.id for exercise in wanted.exercises][:2] == ["cnn/resnet", "cnn/conv2d"]
    assert len(wanted.exercises) == len(CNN)


def test_a_project_is_named_with_its_word():
    assert targeted(["project/cnn"]).projects == ("cnn",)


@pytest.mark.parametrize(
    ("words", "thing", "next_step"),
    [
        (["cnn/conv3d"], 'No exercise is called "cnn/conv3d".', "try cnn/conv2d"),
        (["transformer/masks", "cnn/conv3d"], 'No exercise is called "cnn/conv3d".', "try cnn/conv2d"),
        (["cnm"], 'Nothing to check is called "cnm".', "phase3-tutor check cnn"),
        ([""], 'Nothing to check is called "".', "phase3-tutor check"),
        (["criteria", "crit"], 'Nothing to check is called "crit".', "phase3-tutor check criteria"),
        (["/"], 'No exercise is called "/".', "phase3-tutor status"),
    ],
)
def test_an_unknown_target_is_refused_with_the_closest_one(words, thing, next_step):
    with pytest.raises(Refusal) as refusal:
        targeted(words)
    assert refusal.value.thing == thing
    assert next_step in refusal.value.next_step
    assert refusal.value.exit_code == 2


def test_every_verdict_comes_in_order_and_the_judge_is_closed(workspace, judge, solve):
    solve("cnn/conv2d")
    verdicts, notice = check(workspace, "cnn")

    assert [verdict.id for verdict in verdicts] == [exercise.id for exercise in CNN]
    assert [verdict.status for verdict in verdicts] == ["passed"] + ["missing"] * (len(CNN) - 1)
    assert notice is None
    assert judge.closed == 1


def test_seed_and_timeout_reach_the_judge(workspace, judge):
    check(workspace, "cnn/conv2d", seed=42, timeout_s=3.5)
    assert judge.asked == [("cnn/conv2d", workspace.root, 42, 3.5)]


@pytest.mark.usefixtures("judge")
def test_what_was_seen_is_recorded_in_one_go_unless_told_not_to(workspace, solve):
    solve()
    check(workspace, "cnn", record=False)
    assert EvidenceStore(workspace.record_folder).verdicts() == {}

    check(workspace, "cnn")
    assert {row.status for row in EvidenceStore(workspace.record_folder).verdicts().values()} == {"passed"}


def test_a_file_that_is_saved_while_it_is_checked_is_not_what_passed(workspace, judge, solve, monkeypatch):
    solve("cnn/conv2d")
    file = workspace.root / "cnn" / "conv.py"
    look = judge.check

    async def save_meanwhile(self, *arguments) -> Verdict:
        verdict = await look(self, *arguments)
        file.write_text("def conv2d(x):\n    return x\n")
        return verdict

    monkeypatch.setattr(judge, "check", save_meanwhile)
    check(workspace, "cnn/conv2d")

    from tutor.recording import fingerprint_of

    recorded = EvidenceStore(workspace.record_folder).verdicts()["cnn/conv2d"]
    assert recorded.is_stale(fingerprint_of(workspace, "cnn/conv2d"))


def test_a_judge_that_cannot_answer_for_one_exercise_answers_for_the_others(workspace, judge, solve):
    solve()
    judge.answers["cnn/batchnorm2d"] = Refusal("The judge process ended: no torch.", "judge", "try again", 3)

    verdicts, _ = check(workspace, "cnn")

    statuses = {verdict.id: verdict.status for verdict in verdicts}
    unanswered = next(verdict for verdict in verdicts if verdict.id == "cnn/batchnorm2d")
    assert statuses == {exercise.id: "passed" for exercise in CNN} | {"cnn/batchnorm2d": "unverifiable"}
    assert unanswered.message == "The judge process ended: no torch. Next: try again."


def test_an_exercise_to_come_is_unverifiable_and_leaves_no_row(workspace, judge, an_exercise_to_come):
    verdicts, _ = check(workspace, an_exercise_to_come)

    assert [(verdict.id, verdict.status) for verdict in verdicts] == [(an_exercise_to_come, "unverifiable")]
    assert judge.asked == []
    assert EvidenceStore(workspace.record_folder).verdicts() == {}


@pytest.mark.parametrize("where", ["Record.transaction", "Record.snapshot"])
@pytest.mark.usefixtures("judge")
def test_a_record_that_fails_costs_a_sentence_and_no_verdict(workspace, solve, make_run, monkeypatch, where):
    solve()
    make_run()
    errors = {
        "Record.transaction": RecordReadOnly("Nothing is being recorded.", "the folder", "make it writable"),
        "Record.snapshot": RecordNewer("A newer version wrote it.", "the file", "update"),
    }

    def fail(_record):
        raise errors[where]

    monkeypatch.setattr(f"progress.record.{where}", fail)
    verdicts, notice = check(workspace, "all")

    assert [verdict.status for verdict in verdicts[: len(BUILT)]] == ["passed"] * len(BUILT)
    assert notice is not None
    assert "Not recorded: " in notice
    assert errors[where].thing in notice
    assert notice.count(errors[where].next_step) == 1, "said once"


@pytest.mark.usefixtures("judge")
def test_a_damaged_run_does_not_stand_in_the_way_of_a_check(workspace, solve, make_run):
    solve()
    (make_run().path / "status.json").write_text("{")

    verdicts, notice = check(workspace, "all")

    assert [verdict.status for verdict in verdicts] == ["passed"] * len(BUILT) + ["missing"] * len(PRESETS)
    assert notice is None


@pytest.mark.usefixtures("judge")
def test_finished_runs_are_taken_into_the_record_before_a_project_is_judged(workspace, make_run):
    make_run(source="reference")
    verdicts, _ = check(workspace, "project/cnn")
    assert verdicts[0].status == "missing"
    assert "a reference stood in" in verdicts[0].message


def test_the_app_asks_with_a_judge_of_its_own_which_stays_open(workspace, judge):
    own = judge()
    verdicts, _ = asyncio.run(check_exercises(workspace, BUILT[:1], own))
    assert verdicts[0].status == "missing"
    assert judge.closed == 0


def test_targets_are_words_of_the_course_and_never_paths(tmp_path: Path):
    with pytest.raises(Refusal):
        targeted([str(tmp_path)])
    assert NOT_VERIFIABLE == 3
