"""How verbs end: exit codes, and a sentence with thing, place and next step for every wish that cannot be met."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.catalog import exercises_by_id, lessons_by_id
from progress.record_errors import RecordNewer
from tutor import cli

VERBS = (
    "init",
    "status",
    "lesson",
    "hint",
    "solution",
    "reset",
    "check",
    "watch",
    "train",
    "predict",
    "runs",
    "show",
    "data",
    "demo",
)


def assert_refused(ran, code: int, *words: str) -> None:
    """On stderr alone: three lines, no traceback."""
    assert (ran.code, ran.out) == (code, "")
    lines = ran.err.splitlines()
    assert lines[1].startswith("  where: ")
    assert lines[2].startswith("  next:  ")
    for word in words:
        assert word in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "cnn/conv3d"], 2, ['"cnn/conv3d"', "try cnn/conv2d"]),
        (["check", "cnm"], 2, ['"cnm"', "phase3-tutor check cnn"]),
        (["check", "project/rnm"], 2, ['"rnm"', "use one of: cnn"]),
        (["check", "cnn/conv2d", "cnn/conv3d"], 2, ['"cnn/conv3d"']),
        (["check", "transformer/to_come", "cnn/conv3d"], 2, ['"cnn/conv3d"']),
        (["check", "--self", "cnn/conv3d"], 2, ['"cnn/conv3d"']),
        (["check", "cnn/conv2d", "--timeout", "nan"], 2, ["not a number", "0.1 to 600"]),
        (["hint", "cnn/conv3d"], 2, ["try cnn/conv2d"]),
        (["hint", "transformer/to_come"], 3, ["transformer/to_come belongs to the course", "phase3-tutor status"]),
        (["watch", "cnn/conv3d"], 2, ["try cnn/conv2d"]),
        (
            ["watch", "transformer/to_come"],
            2,
            ["Only exercises of this version", "transformer/to_come", "watch cnn"],
        ),
        (["watch", "cnn", "project/cnn"], 2, ["Only exercises", "project/cnn"]),
        (["reset", "cnn/conv3d"], 2, ["try cnn/conv2d"]),
        (["reset", "transformer/to_come"], 3, ["transformer/to_come belongs to the course"]),
        (["solution", "cnn/conv3d"], 2, ["try cnn/conv2d"]),
        (["solution", "cnn/conv2d"], 2, ["not passed yet", "phase3-tutor hint cnn/conv2d", "--give-up"]),
        (["lesson", "cnn/convolutions"], 2, ["phase3-tutor lesson cnn/convolution"]),
        (["train", "gan"], 2, ['"gan"', "use one of: cnn, rnn"]),
        (["train", "cnn", "--preset", "huge"], 2, ['"huge"', "use one of: quick, full, paper"]),
        (["train", "cnn", "--set", "epoch=3"], 2, ['"epoch"', "did you mean epochs"]),
        (["train", "cnn", "--set", "epochs"], 2, ['"epochs"', "KEY=VALUE"]),
        (["train", "cnn", "--set", "epochs=many"], 2, ['"many"', "--set epochs=8"]),
        (["train", "cnn", "--device", "gpu"], 2, ['"gpu"', "use one of: cpu, cuda, mps"]),
        (["train", "cnn", "--preset", "full"], 3, ["phase3-tutor data get cifar10", "data import cifar10 PATH"]),
        (["train", "cnn", "--predict", "lower 1-5"], 2, ["none is asked for", "--ablate no-skip"]),
        (["predict", "cnn", "no-skip"], 2, ["What do you expect of no-skip?", "lower 1-5"]),
        (["predict", "cnn", "no-skip", "worse"], 2, ['"worse"', "lower, higher, same"]),
        (["predict", "cnn", "no-brain", "lower 1-5"], 2, ['"no-brain"', "use one of: no-skip"]),
        (["predict", "gan", "no-skip", "lower 1-5"], 2, ['"gan"', "use one of: cnn, rnn"]),
        (["runs", "show", "nothing"], 2, ["There are no runs yet.", "phase3-tutor train cnn"]),
        (["runs", "follow", "last"], 2, ["There are no runs yet."]),
        (["runs", "stop", "last"], 2, ["There are no runs yet."]),
        (["runs", "resume", "last"], 2, ["There are no runs yet."]),
        (["show", "features", "last"], 2, ["There are no runs yet."]),
        (["show", "feature", "last"], 2, ['"feature"', "did you mean features"]),
        (["show", "features"], 2, ["Of which run?", "phase3-tutor runs lists them"]),
        (["data", "verify", "mnist"], 2, ['"mnist"', "use one of: digits, cifar10"]),
        (["data", "verify", "cifar10"], 3, ["cifar10 is not on this machine.", "phase3-tutor data get cifar10"]),
        (["data", "get", "mnist"], 2, ['"mnist"']),
        (["data", "get", "digits"], 2, ["digits comes with the tutor"]),
        (["data", "import", "mnist", "x"], 2, ['"mnist"']),
        (["data", "import", "digits", "x"], 2, ["digits comes with the tutor"]),
        (["data", "import", "cifar10", "nowhere.tar.gz"], 2, ["There is nothing to import.", "nowhere.tar.gz"]),
        (["--workspace", "x", "status"], 2, ["does not reach it", "phase3-tutor status ... --workspace DIR"]),
        (["--ascii", "status"], 2, ["does not reach it", "--ascii"]),
    ],
)
@pytest.mark.usefixtures("an_exercise_to_come")
def test_a_wish_that_cannot_be_met_names_the_thing_the_place_and_the_next_step(
    workspace, run_verb, arguments, code, words
):
    assert_refused(run_verb(*arguments), code, *words)
    assert list(workspace.runs.iterdir()) == []


@pytest.mark.parametrize(
    "verb",
    [
        ["status"],
        ["check"],
        ["train", "cnn"],
        ["runs"],
        ["hint", "cnn/conv2d"],
        ["solution", "cnn/conv2d"],
        ["reset", "cnn/conv2d"],
        ["watch"],
    ],
)
def test_a_verb_without_a_workspace_names_the_command_that_makes_one(run_verb, tmp_path, verb):
    assert_refused(run_verb(*verb), 2, "There is no workspace here.", f"phase3-tutor init {tmp_path / 'phase3'}")
    assert not (tmp_path / "phase3").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuchverb"], ["status", "--nosuchoption"], ["status", "superfluous"], ["check", "--timeout", "0"],
        ["check", "--timeout", "soon"], ["check", "--seed", "-1"], ["check", "--seed", str(2**63)],
        ["train"], ["train", "cnn", "--seed", str(2**63)], ["train", "cnn", "--seed", "x"], ["hint"],
        ["runs", "nosuch"], ["runs", "stop"],
        ["show", "features", "last", "--image", "-1"], ["data", "nosuch"], ["data", "import", "cifar10"],
    ],
)  # fmt: skip
@pytest.mark.usefixtures("workspace")
def test_wrong_usage_ends_with_2_and_says_how_it_is_used(run_verb, arguments):
    ran = run_verb(*arguments)
    assert ran.code == 2
    assert "Usage: phase3-tutor" in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_help_lists_every_verb_in_plain_words(run_verb):
    ran = run_verb("--help")
    assert (ran.code, ran.err) == (0, "")
    assert all(f"\n  {verb} " in ran.out for verb in VERBS)
    assert ran.out.isascii()
    assert run_verb("-h").out == ran.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_in_plain_words(run_verb, verb):
    ran = run_verb(verb, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.isascii()
    assert "Usage: phase3-tutor" in ran.out


@pytest.mark.usefixtures("workspace")
def test_the_app_without_a_terminal_is_a_sentence_that_names_the_verbs(run_verb, monkeypatch):
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        ran = run_verb()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("phase3-tutor needs a terminal")
    assert "status, check" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.usefixtures("workspace")
def test_a_record_of_a_newer_version_is_refused_in_words(run_verb, monkeypatch):
    def newer(_record):
        raise RecordNewer("A newer version of the tutor wrote your progress.", "progress.json", "update")

    monkeypatch.setattr("progress.record.Record.snapshot", newer)
    assert_refused(run_verb("status"), 2, "A newer version", "next:  update")


@pytest.mark.usefixtures("workspace")
def test_ctrl_c_in_a_verb_ends_it_with_130_without_a_traceback(run_verb, monkeypatch):
    def interrupt(_workspace):
        raise KeyboardInterrupt

    monkeypatch.setattr("tutor.standing.standing_of", interrupt)
    ran = run_verb("status")
    assert ran.code == cli.INTERRUPTED == 130
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("workspace")
def test_a_mistake_of_ours_is_not_hidden(run_verb, monkeypatch):
    def bug(_workspace):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("tutor.standing.standing_of", bug)
    with pytest.raises(ZeroDivisionError):
        run_verb("status")


@pytest.mark.usefixtures("workspace")
def test_status_is_plain_text_with_what_is_next(run_verb):
    ran = run_verb("status")
    assert (ran.code, ran.err) == (0, "")
    assert "phase3-tutor check cnn/conv2d" in ran.out


def test_lessons_are_listed_and_shown_with_their_figure(run_verb):
    listed = run_verb("lesson")
    assert [line.split()[0] for line in listed.out.splitlines()] == list(lessons_by_id())
    shown = run_verb("lesson", "cnn/convolution")
    assert shown.code == 0
    assert "<!-- figure -->" not in shown.out


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"], ["lesson", "cnn/convolution"], ["--help"]])
@pytest.mark.usefixtures("workspace")
def test_a_reader_who_leaves_early_is_no_error(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as gone:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "phase3_tutor", *arguments], stdout=gone, stderr=subprocess.PIPE, timeout=60
        )
    assert (ended.returncode, ended.stderr) == (cli.UNREAD, b"")


@pytest.mark.parametrize("reader", ["head -n 1", "grep -q phase3-tutor", "true"])
@pytest.mark.usefixtures("workspace")
def test_a_pipeline_whose_reader_has_seen_enough_ends_quietly(reader):
    command = f'"{sys.executable}" -P -m phase3_tutor status | {reader}; exit "${{PIPESTATUS[0]}}"'
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert ended.returncode in (0, cli.UNREAD), "0 where all of it went into the pipe first"
    assert ended.stderr == ""


@pytest.mark.usefixtures("workspace")
def test_the_installed_command_and_the_module_are_the_same_program():
    by_module = subprocess.run(
        [sys.executable, "-P", "-m", "phase3_tutor", "status", "--json"], capture_output=True, timeout=60
    )
    script = Path(sys.executable).with_name("phase3-tutor")
    by_name = subprocess.run([script, "status", "--json"], capture_output=True, timeout=60)
    assert (by_name.returncode, by_name.stdout) == (by_module.returncode, by_module.stdout)


def test_a_learner_s_own_models_folder_does_not_shadow_ours(workspace):
    (workspace.root / "models").mkdir()
    (workspace.root / "models" / "__init__.py").write_text("raise SystemExit('shadowed')\n")
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "phase3_tutor", "status"], capture_output=True, timeout=60, cwd=workspace.root
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.usefixtures("workspace")
def test_every_exercise_has_hints_that_climb_and_stay_on_the_last(run_verb):
    for exercise in exercises_by_id().values():
        for number in (1, 2, 3, 3):
            ran = run_verb("hint", exercise.id)
            assert (ran.code, ran.err) == (0, "")
            assert ran.out == f"Hint {number} of 3: {exercise.hints[number - 1]}\n"


@pytest.mark.usefixtures("workspace")
def test_a_hint_that_cannot_be_recorded_is_shown_and_says_so(run_verb, monkeypatch):
    def newer(_record):
        raise RecordNewer("A newer version of the tutor wrote your progress.", "progress.json", "update")

    monkeypatch.setattr("progress.record.Record.transaction", newer)
    ran = run_verb("hint", "cnn/conv2d")
    assert ran.code == 0
    assert ran.out.startswith("Hint 1 of 3")
    assert ran.err.startswith("Not recorded")
