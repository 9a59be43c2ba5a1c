from pathlib import Path

import pytest

from lessons.catalog import curriculum
from models.runs import RunStatus
from progress.criteria import Criterion, Phase4
from progress.evidence import RunEvidence
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.course_map import LessonRow, draw_map, draw_map_heading, draw_next_step, state_mark
from tutor.drawing.rows import cells, plain
from tutor.standing import ExerciseStanding, NextStep, RunStanding, Standing, UnitStanding
from tutor.workspace import Workspace

NOW = 1_800_000_000.0
TODAY, LONG_AGO = "2027-01-15T07:00:00+00:00", "2027-01-01T07:00:00+00:00"


def exercise(name: str, state: str, note: str = "", at: str = "", waits: tuple[str, ...] = ()) -> ExerciseStanding:
    return ExerciseStanding(f"cnn/{name}", name.title(), state, note, at, waits_for=waits)  # type: ignore[arg-type]


def standing(**changes: object) -> Standing:
    cnn = (
        exercise("conv2d", "passed", at=TODAY),
        exercise("batchnorm2d", "failed", "biased-variance", LONG_AGO),
        exercise("basic_block", "stale", "changed since it was passed", TODAY),
        exercise("resnet", "missing", "not begun", waits=("cnn/basic_block",)),
        exercise("recipe", "coming"),
        exercise("feature_maps", "coming"),
    )
    later = (ExerciseStanding("diffusion/attention", "attention", "coming", "", ""),)
    units = (
        UnitStanding("cnn", "CNN", "13-14", "a goal", cnn),
        UnitStanding("diffusion", "Diffusion", "19-20", "", later),
    )
    values = {
        "workspace": Workspace(Path("/w")), "workspace_id": "w", "units": units,
        "next": NextStep("Batch normalisation", "biased-variance", "phase3-tutor check cnn/batchnorm2d", None),
        "criteria": (Criterion("implement", "Implement", False, "1 of 36"),), "phase4": Phase4(False, ("implement",)),
        "runs": (), "run_evidence": (), "notices": (),
    }  # fmt: skip
    return Standing(**(values | changes))  # type: ignore[arg-type]


LESSONS = (
    LessonRow("cnn/convolution", "Convolution", "cnn/conv2d", 2, 3),
    LessonRow("cnn/batchnorm", "Batch normalisation", "cnn/batchnorm2d", 3, 3),
    LessonRow("cnn/paper", "From paper to code"),
)


def test_the_map_shows_every_exercise_with_its_state_in_a_sign_and_a_word():
    stops = draw_map(standing(), LESSONS, 66, NOW)
    assert plain([row for row, _ in stops]) == [
        "CNN   weeks 13-14                                           1 of 6",
        "  ≡ From paper to code",
        "  ≡ Convolution                                   2 of 3 questions",
        "  ✓ conv2d                passed                           1 h ago",
        "  ≡ Batch normalisation                                ✓ questions",
        "  ✗ batchnorm2d           failed       biased-variance 14 days ago",
        "  ↻ basic_block           changed      since it was passed 1 h ago",
        "  ○ resnet                to do        after basic_block",
        "  ○ project  train the net of your modules",
        "  · 2 in a later version: recipe, feature_maps",
        "",
        "Diffusion   weeks 19-20                                     0 of 1",
        "  · 1 in a later version: attention",
        "",
        "Criteria  0 of 1 met   Phase 4 is locked",
    ]


def test_each_row_leads_to_its_place():
    targets = [target for _, target in draw_map(standing(), LESSONS, 66, NOW) if target]
    assert targets == [
        "lesson:cnn/paper", "lesson:cnn/convolution", "exercise:cnn/conv2d", "lesson:cnn/batchnorm",
        "exercise:cnn/batchnorm2d", "exercise:cnn/basic_block",
        "exercise:cnn/resnet", "train:cnn", "criteria",
    ]  # fmt: skip


def test_the_project_names_its_best_run_that_counts():
    runs = (
        RunEvidence("cnn-quick-001", "cnn", "quick", True, "held_out_accuracy", 0.981),
        RunEvidence("cnn-quick-002", "cnn", "quick", True, "held_out_accuracy", 0.985),
        RunEvidence("cnn-quick-003", "cnn", "quick", False, "held_out_accuracy", 0.999),
    )
    text = "\n".join(plain([row for row, _ in draw_map(standing(run_evidence=runs), [], 70, NOW)]))
    assert "✓ project               best run cnn-quick-002, held out 98.5 %" in text


def test_a_run_below_its_bar_or_of_code_that_does_not_pass_now_is_no_tick():
    low = RunEvidence("cnn-quick-001", "cnn", "quick", True, "held_out_accuracy", 0.5, bar=0.97)
    old = RunEvidence("cnn-quick-002", "cnn", "quick", True, "held_out_accuracy", 0.99, {"cnn/gone": "f"}, bar=0.97)
    texts = [
        "\n".join(plain([row for row, _ in draw_map(standing(run_evidence=(run,)), [], 100, NOW)]))
        for run in (low, old)
    ]
    assert "✗ project               best run cnn-quick-001, held out 50.0 %, short of the bar of 97.0 %" in texts[0]
    assert "↻ project               best run cnn-quick-002, held out 99.0 %, of code that passed then" in texts[1]


def test_a_run_in_training_is_named_with_its_share():
    running = RunStanding("cnn-quick-004", RunStatus("running", 30, 120), "quick", True)
    done = RunStanding("cnn-quick-003", RunStatus("finished", 120, 120, held_out=0.98), "quick", True)
    stops = draw_map(standing(runs=(running, done)), [], 70, NOW)
    row = next(row for row, target in stops if target == "runs")
    assert plain([row]) == ["Runs      cnn-quick-004 is training, 25 %"]
    row = next(row for row, target in draw_map(standing(runs=(done,)), [], 70, NOW) if target == "runs")
    assert plain([row]) == ["Runs      1 so far, newest cnn-quick-003: finished, held out 98.0 %"]


@pytest.mark.parametrize("width", [40, 56, 76, 120])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_no_row_of_the_map_is_wider_than_the_screen(width, charset):
    here = standing()
    rows = [row for row, _ in draw_map(here, LESSONS, width, NOW, charset)]
    rows += [draw_map_heading(here, width, charset), draw_next_step(here, width, charset)]
    assert all(cells(row) in (0, width) for row in rows)
    assert charset.unicode or all(row.isascii() for row in plain(rows))


def test_signs_alone_tell_done_failed_changed_and_open_apart():
    signs = {state: state_mark(state)[0] for state in ("passed", "fragile", "failed", "stale", "missing", "coming")}
    assert len(set(signs.values())) == 6


def test_the_next_step_says_what_and_why():
    assert plain([draw_next_step(standing(), 70)]) == ["Next  Batch normalisation   biased-variance"]


def test_no_name_of_the_course_runs_into_the_state_behind_it():
    for each in curriculum().exercises:
        unit = UnitStanding("cnn", "CNN", "13-14", "", (exercise(each.name, "missing", "not begun"),))
        text = "\n".join(plain([row for row, _ in draw_map(standing(units=(unit,)), [], 57, NOW)]))
        assert f"{each.name} " in text
