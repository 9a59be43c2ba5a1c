"""Where a learner stands, read from the record, the present code and the runs."""

import pytest

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Status, Verdict
from models.presets import settings_for
from progress.evidence import EvidenceStore
from tutor.recording import fingerprint_of, record_finished_runs, record_reverified_run, record_verdicts, run_evidence
from tutor.standing import DONE, ExerciseStanding, Standing, standing_of, unchecked_parts
from tutor.workspace import Workspace

CONV = "cnn/conv2d"
SYNTAX_ERROR = "def conv2d(x:\n    return x\n"


def record(workspace: Workspace, status: Status, exercise_id: str = CONV, mistake: str | None = None) -> None:
    """As `check` would for the code as it is now."""
    verdict = Verdict(exercise_id, status, "a sentence", mistake=mistake)
    record_verdicts(workspace, [verdict], {exercise_id: fingerprint_of(workspace, exercise_id)})


def of(standing: Standing, exercise_id: str = CONV) -> ExerciseStanding:
    return next(exercise for exercise in standing.exercises if exercise.id == exercise_id)


def write(workspace: Workspace, text: str) -> None:
    workspace.file_of(exercises_by_id()[CONV]).write_text(text, encoding="utf-8")


def test_a_new_workspace_has_everything_to_do_and_says_where_to_begin(workspace):
    standing = standing_of(workspace)

    assert {exercise.state for exercise in standing.exercises} <= {"missing", "coming"}
    assert [exercise.id for exercise in standing.exercises] == list(curriculum().exercise_ids)
    assert standing.next.command == "phase3-tutor check cnn/conv2d"
    assert standing.next.why == "not begun"
    assert (standing.runs, standing.run_evidence, standing.notices, standing.workspace_id) == ((), (), (), "")
    assert not standing.phase4.unlocked


def test_an_exercise_of_a_later_version_is_coming_and_never_next(workspace, an_exercise_to_come):
    row = of(standing_of(workspace), an_exercise_to_come)
    assert (row.state, row.note, row.id) == ("coming", "in a later version", an_exercise_to_come)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("passed", "passed"), ("variant", "variant"), ("fragile", "fragile"), ("failed", "failed"),
        ("error", "error"), ("timeout", "timeout"), ("unverifiable", "unverifiable"),
    ],
)  # fmt: skip
def test_the_last_verdict_counts_while_the_code_is_the_code_it_was_given_for(workspace, solve, status, state):
    solve(CONV)
    record(workspace, status)

    row = of(standing_of(workspace))

    assert row.state == state
    assert row.checked_at
    assert standing_of(workspace).units[0].done == (state in DONE)


def test_a_given_up_exercise_says_so_before_and_after_it_passes(workspace, solve):
    EvidenceStore(workspace.record_folder).give_up(CONV)
    assert of(standing_of(workspace)).note == "not begun, given up: its solution was shown"
    solve(CONV)
    record(workspace, "passed")
    row = of(standing_of(workspace))
    assert (row.state, row.note) == ("passed", "given up: its solution was shown")
    assert row.given_up_at
    assert of(standing_of(workspace), "cnn/batchnorm2d").given_up_at == ""


def test_code_that_was_never_checked_is_unchecked(workspace, solve):
    solve(CONV)
    row = of(standing_of(workspace))
    assert (row.state, row.note, row.checked_at) == ("unchecked", "written, not checked", "")


def test_code_written_after_its_stub_was_checked_is_unchecked_not_stale(workspace, solve):
    record(workspace, "missing")
    assert of(standing_of(workspace)).state == "missing"
    solve(CONV)
    assert of(standing_of(workspace)).state == "unchecked"


def test_a_changed_line_makes_a_verdict_stale_and_changing_it_back_restores_it(workspace, solve):
    solve(CONV)
    record(workspace, "passed")
    file = workspace.file_of(exercises_by_id()[CONV])
    before = file.read_text()

    file.write_text(before.replace("def conv2d(", "def conv2d(  # noqa\n    ", 1) + "\n# a comment\n")
    assert of(standing_of(workspace)).state == "passed"

    file.write_text(before + "\ndef conv2d(x, w):\n    return x\n")
    assert (of(standing_of(workspace)).state, of(standing_of(workspace)).note) == (
        "stale",
        "changed since it was passed",
    )

    file.write_text(before)
    assert of(standing_of(workspace)).state == "passed"


def test_a_changed_sibling_that_the_exercise_reaches_makes_it_stale(workspace, solve):
    solve()
    record(workspace, "passed", "cnn/resnet")
    assert of(standing_of(workspace), "cnn/resnet").state == "passed"

    blocks = workspace.root / "cnn" / "blocks.py"
    blocks.write_text(blocks.read_text() + "\n\nclass BasicBlock:\n    pass\n")

    assert of(standing_of(workspace), "cnn/resnet").state == "stale"


def test_a_syntax_error_that_was_checked_is_an_error_not_something_not_begun(workspace):
    write(workspace, SYNTAX_ERROR)
    assert of(standing_of(workspace)).state == "unchecked"
    record(workspace, "error")
    assert of(standing_of(workspace)).state == "error"


def test_a_syntax_error_in_what_had_passed_is_stale(workspace, solve):
    solve(CONV)
    record(workspace, "passed")
    write(workspace, SYNTAX_ERROR)
    assert of(standing_of(workspace)).state == "stale"


def test_a_mended_syntax_error_is_stale_until_it_is_checked(workspace, solve):
    write(workspace, SYNTAX_ERROR)
    record(workspace, "error")
    solve(CONV)
    assert of(standing_of(workspace)).state == "stale"


def test_a_file_that_the_learner_removed_is_missing_whatever_it_had_passed(workspace, solve):
    solve(CONV)
    record(workspace, "passed")
    workspace.file_of(exercises_by_id()[CONV]).unlink()

    row = of(standing_of(workspace))

    assert (row.state, row.note) == ("missing", "not begun")


def test_a_file_without_the_exercise_s_symbol_is_written_not_missing(workspace):
    write(workspace, "def konv2d(x):\n    return x\n")
    assert of(standing_of(workspace)).state == "unchecked"


def test_a_verdict_of_a_later_version_s_kind_is_not_trusted(workspace, solve):
    solve(CONV)
    row = {"id": CONV, "status": "splendid", "fingerprint": fingerprint_of(workspace, CONV)}
    EvidenceStore(workspace.record_folder).add_verdicts([row])
    assert of(standing_of(workspace)).state == "unchecked"


def test_a_named_mistake_stands_in_the_note_until_it_is_mended(workspace, solve):
    solve(CONV)
    record(workspace, "failed", mistake="flipped-kernel")
    row = of(standing_of(workspace))
    assert (row.mistake, row.note) == ("flipped-kernel", "flipped-kernel")

    record(workspace, "passed")
    row = of(standing_of(workspace))
    assert (row.mistake, row.note) == (None, "")


def test_an_exercise_waits_for_those_that_it_builds_on(workspace, solve):
    assert of(standing_of(workspace), "cnn/basic_block").waits_for == ("cnn/conv2d", "cnn/batchnorm2d")
    solve(CONV)
    record(workspace, "passed")
    assert of(standing_of(workspace), "cnn/basic_block").waits_for == ("cnn/batchnorm2d",)


def test_what_is_next_walks_through_the_course_to_the_run_and_its_pictures(workspace, solve, make_run):
    solve()
    ids = list(exercises_by_id())
    units = {unit: [each for each in ids if each.startswith(f"{unit}/")] for unit in ("cnn", "rnn", "transformer")}
    for exercise_id in units["cnn"]:
        assert standing_of(workspace).next.exercise_id == exercise_id
        record(workspace, "passed", exercise_id)
    assert standing_of(workspace).next.command == "phase3-tutor train cnn --preset quick"

    run = make_run(state="stopped", step=90)
    assert standing_of(workspace).next.command == "phase3-tutor train cnn --preset quick"

    with run.lock():
        run.write_status(run.status().__class__(state="running", step=90, total_steps=180))
        assert standing_of(workspace).next.command == "phase3-tutor runs follow cnn-quick-001"

    record_finished_runs(workspace, [make_run("cnn-quick-002")])
    for exercise_id in units["rnn"]:
        assert standing_of(workspace).next.exercise_id == exercise_id
        record(workspace, "passed", exercise_id)
    assert standing_of(workspace).next.command == "phase3-tutor train rnn --preset quick"
    assert "the bar is 1.770" in standing_of(workspace).next.why

    record_finished_runs(workspace, [make_run("rnn-quick-001", project="rnn", held_out=1.7)])
    for exercise_id in units["transformer"]:
        assert standing_of(workspace).next.exercise_id == exercise_id
        record(workspace, "passed", exercise_id)
    assert standing_of(workspace).next.command == "phase3-tutor show gates rnn-quick-001"


def test_a_run_with_a_reference_in_it_or_below_the_bar_does_not_end_the_project(workspace, solve, make_run):
    solve()
    for exercise_id in exercises_by_id():
        record(workspace, "passed", exercise_id)
    record_finished_runs(workspace, [make_run("cnn-quick-001", source="reference")])
    record_finished_runs(workspace, [make_run("cnn-quick-002", held_out=0.5)])

    assert standing_of(workspace).next.command == "phase3-tutor train cnn --preset quick"


def test_pictures_are_offered_of_a_run_that_is_still_there(workspace, solve, make_run):
    solve()
    for exercise_id in exercises_by_id():
        record(workspace, "passed", exercise_id)
    best = make_run("rnn-quick-001", project="rnn", held_out=1.6)
    second = make_run("rnn-quick-002", project="rnn", held_out=1.7)
    record_finished_runs(workspace, [make_run("cnn-quick-001"), best, second])
    best.path.rename(workspace.root / "notes" / best.id)

    assert standing_of(workspace).next.command == "phase3-tutor show gates rnn-quick-002"


def test_a_damaged_run_hides_nothing_else(workspace, make_run):
    make_run("cnn-quick-001")
    damaged = make_run("cnn-quick-002")
    (damaged.path / "status.json").write_text("{")

    assert [run.id for run in standing_of(workspace).runs] == ["cnn-quick-001"]


def test_a_recorded_run_that_is_gone_is_told_under_its_criterion(workspace, solve, make_run):
    solve()
    for exercise_id in exercises_by_id():
        record(workspace, "passed", exercise_id)
    run = make_run(workspace_id=EvidenceStore(workspace.record_folder).workspace_id())
    record_finished_runs(workspace, [run])
    record_reverified_run(workspace, run_evidence(run), holds=True)
    portfolio = next(each for each in standing_of(workspace).criteria if each.id == "portfolio")
    assert not any("cnn-quick-001" in line for line in portfolio.missing)

    run.path.rename(workspace.root / "notes" / run.id)

    portfolio = next(each for each in standing_of(workspace).criteria if each.id == "portfolio")
    assert any("cnn-quick-001 is gone" in line for line in portfolio.missing)


def test_looking_writes_nothing(workspace, solve):
    solve()
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    standing_of(workspace)
    assert {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")} == before


def test_a_damaged_record_is_told_in_a_notice_not_as_an_error(workspace):
    record(workspace, "missing")
    (workspace.record_folder / "progress.json").write_text("{broken")

    standing = standing_of(workspace)

    assert "damaged" in " ".join(standing.notices)


def test_a_long_range_run_or_one_of_another_text_does_not_end_the_project(workspace, solve, make_run):
    solve()
    for exercise_id in exercises_by_id():
        record(workspace, "passed", exercise_id)
    record_finished_runs(workspace, [make_run("cnn-quick-001")])
    record_finished_runs(workspace, [make_run("rnn-adding-001", project="rnn", preset="adding", held_out=0.97)])
    record_finished_runs(workspace, [make_run("rnn-full-001", project="rnn", preset="full", held_out=1.5)])
    assert standing_of(workspace).next.command == "phase3-tutor train rnn --preset quick"
    record_finished_runs(workspace, [make_run("rnn-quick-001", project="rnn", held_out=1.7)])
    assert standing_of(workspace).next.command.startswith("phase3-tutor show gates rnn-")
    assert "adding" not in standing_of(workspace).next.command


def test_the_parts_that_are_checked_before_a_run_are_those_of_its_net(workspace, solve):
    solve()
    gru = settings_for("rnn", "quick", {"cell": "gru"})
    assert "rnn/gru_cell" in {exercise.id for exercise in unchecked_parts(workspace, "rnn", gru)}
    assert "rnn/gru_cell" not in {exercise.id for exercise in unchecked_parts(workspace, "rnn")}
