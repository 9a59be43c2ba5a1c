"""A prediction from the command line: sealed, trained for, compared. The trainer is put aside; its folders count."""

import json
from dataclasses import replace

import pytest

from models.comparison import compare_runs
from models.runs import RunDirectory, RunStatus, list_runs
from progress.evidence import EvidenceStore
from progress.prediction_rows import content_hash
from tests.tutor.test_cli import assert_refused
from tutor import trainer_client

pytestmark = pytest.mark.usefixtures("workspace", "judge")


@pytest.fixture
def launched(monkeypatch):
    """No trainer starts; each run is left as one that has finished at once, an ablated one lower by 4 points."""
    runs: list[RunDirectory] = []

    def launch(run: RunDirectory) -> None:
        config = run.config()
        accuracy = (0.93 if config.ablations else 0.97) + config.seed / 1000
        run.write_status(RunStatus("finished", step=44, total_steps=44, held_out=accuracy))
        runs.append(run)

    monkeypatch.setattr(trainer_client, "_launch", launch)
    return runs


def predictions(workspace):
    return EvidenceStore(workspace.record_folder).predictions()


def test_a_prediction_is_in_the_record_and_in_the_config_before_the_run_starts(workspace, run_verb, monkeypatch):
    seen = []

    def launch(run: RunDirectory) -> None:
        seen.append((run.config().prediction, predictions(workspace)))
        run.write_status(RunStatus("finished"))

    monkeypatch.setattr(trainer_client, "_launch", launch)
    ran = run_verb("train", "cnn", "--ablate", "no-skip", "--predict", "lower 1-5", "--detach")
    assert ran.code == 0
    assert "Predicted: lower by 1 to 5 points (sealed 20" in ran.err
    ((sealed, (row,)),) = seen
    assert (sealed.words, sealed.is_blind, sealed.hash) == ("lower 1-5", True, row.hash)
    assert (row.run_id, row.seed, row.ablations) == ("cnn-quick-no-skip-001", 0, ("no-skip",))
    assert (row.direction, row.least, row.most) == ("lower", 1.0, 5.0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--predict", "lower 1-5"], "--ablate no-skip"),
        (["--ablate", "no-skip", "--predict", "worse"], '"lower 1-5"'),
        (["--ablate", "no-skip", "--predict", "lower"], "says no size"),
    ],
)
def test_a_wrong_prediction_is_refused_before_anything_is_made(workspace, judge, solve, run_verb, words, said):
    solve()
    assert_refused(run_verb("train", "cnn", *words), 2, said)
    assert judge.asked == []
    assert list_runs(workspace.runs) == []
    assert predictions(workspace) == []


@pytest.mark.usefixtures("launched")
def test_an_ablation_without_a_prediction_runs_and_says_what_to_do_next_time(workspace, run_verb):
    ran = run_verb("train", "cnn", "--ablate", "no-bn", "--detach")
    assert ran.code == 0
    assert ran.err.count("No prediction was sealed; predict before you look next time") == 1
    assert "prediction" not in run_verb("train", "cnn", "--detach").err
    assert predictions(workspace) == []


def test_one_that_comes_after_a_finished_run_of_it_is_kept_and_marked(launched, workspace, run_verb):
    run_verb("train", "cnn", "--ablate", "no-skip", "--detach")
    ran = run_verb("train", "cnn", "--ablate", "no-skip", "--predict", "lower 1-5", "--seed", 1, "--detach")
    run_verb("train", "cnn", "--ablate", "no-bn", "--predict", "lower 1-5", "--detach")
    assert "not blind: a run of it had finished before" in " ".join(ran.err.split())
    assert [row.is_blind for row in predictions(workspace)] == [False, True]
    assert launched[1].config().prediction.is_blind is False


def test_what_was_sealed_stands_for_later_runs_of_it_and_other_words_are_refused(launched, workspace, run_verb):
    run_verb("train", "cnn", "--ablate", "no-skip", "--predict", "lower 1-5", "--detach")
    again = run_verb("train", "cnn", "--ablate", "no-skip", "--seed", 1, "--detach")
    assert "Predicted: lower by 1 to 5 points" in again.err
    assert launched[1].config().prediction == launched[0].config().prediction
    other = run_verb("train", "cnn", "--ablate", "no-skip", "--predict", "higher 1-5", "--detach")
    assert_refused(other, 2, '"lower 1-5" was sealed for no-skip with seed 0 already')
    assert len(list_runs(workspace.runs)) == 2
    assert len(predictions(workspace)) == 1


def test_three_seeds_of_each_arm_are_trained_in_turn_and_compared(launched, workspace, run_verb):
    ran = run_verb("predict", "cnn", "no-skip", "lower 1-5", "--ascii")
    assert ran.code == 0
    assert [(run.config().ablations, run.config().seed) for run in launched] == [
        ((), 0), (("no-skip",), 0), ((), 1), (("no-skip",), 1), ((), 2), (("no-skip",), 2),
    ]  # fmt: skip
    assert [(row.seed, row.is_blind) for row in predictions(workspace)] == [(0, True), (1, True), (2, True)]
    assert "Run 6 of 6: cnn-quick-no-skip-003, no-skip, seed 2" in ran.err
    assert "came       -4.00 points, 95% interval -4.23 to -3.77 (3 and 3 seeds)" in ran.out
    assert "direction  right: the whole interval lies below 0" in ran.out
    assert "size       right" in ran.out
    assert ran.out.isascii()


def test_it_uses_the_runs_that_are_there_and_trains_what_is_missing(launched, workspace, run_verb):
    run_verb("train", "cnn", "--seed", 1, "--detach")
    run_verb("train", "cnn", "--ablate", "no-skip", "--seed", 0, "--detach")
    run_verb("train", "cnn", "--set", "epochs=2", "--seed", 2, "--detach")
    launched.clear()
    run_verb("predict", "cnn", "no-skip", "lower 1-5")
    done = [(run.config().ablations, run.config().seed) for run in launched]
    assert done == [((), 0), (("no-skip",), 1), ((), 2), (("no-skip",), 2)]
    assert not any(row.is_blind for row in predictions(workspace))
    launched.clear()
    ran = run_verb("predict", "cnn", "no-skip")
    assert (ran.code, launched) == (0, [])
    assert "not blind" in ran.out


def test_everything_is_laid_out_before_anything_is_trained_so_that_an_edit_does_not_part_the_arms(
    workspace, solve, run_verb, monkeypatch
):
    solve()
    there = []

    def launch(run: RunDirectory) -> None:
        there.append(len(list_runs(workspace.runs)))
        (workspace.root / "cnn" / "conv.py").write_text("def conv2d(x): return x\n")
        run.write_status(RunStatus("finished", held_out=0.9))

    monkeypatch.setattr(trainer_client, "_launch", launch)
    run_verb("predict", "cnn", "no-skip", "lower 1-5", "--seeds", 2)
    assert there == [4, 4, 4, 4]
    assert len(compare_runs(list_runs(workspace.runs))) == 2


def test_ctrl_c_leaves_the_present_run_going_and_the_same_command_goes_on(workspace, run_verb, monkeypatch):
    started = []

    def launch(run: RunDirectory) -> None:
        started.append(run.id)
        run.write_status(RunStatus("created" if len(started) == 2 else "finished", held_out=0.9))

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer_client, "_launch", launch)
    monkeypatch.setattr("time.sleep", interrupt)
    ran = run_verb("predict", "cnn", "no-skip", "lower 1-5", "--seeds", 2)
    assert ran.code == 0
    assert started == ["cnn-quick-001", "cnn-quick-no-skip-001"]
    assert "cnn-quick-no-skip-001 goes on" in ran.err
    assert "This goes on with what is missing: phase3-tutor predict cnn no-skip --seeds 2" in ran.err

    RunDirectory(workspace.runs / "cnn-quick-no-skip-001").write_status(RunStatus("finished", held_out=0.9))
    run_verb("predict", "cnn", "no-skip", "--seeds", 2)
    assert started[2:] == ["cnn-quick-002", "cnn-quick-no-skip-002"]


def test_a_run_that_fails_ends_it_with_1_and_one_that_diverges_does_not(run_verb, workspace, monkeypatch):
    def launch(run: RunDirectory) -> None:
        state = "diverged" if run.config().ablations else "finished"
        run.write_status(RunStatus("failed" if run.id == "cnn-quick-002" else state, message="out of memory"))

    monkeypatch.setattr(trainer_client, "_launch", launch)
    ran = run_verb("predict", "cnn", "no-bn", "lower large", "--seeds", 2)
    assert ran.code == 1
    assert "cnn-quick-002 is failed: out of memory" in ran.err
    assert RunDirectory(workspace.runs / "cnn-quick-no-bn-002").status().state == "created"


def test_without_words_and_without_a_seal_it_asks_what_is_expected(workspace, run_verb):
    assert_refused(run_verb("predict", "cnn", "no-skip"), 2, "What do you expect of no-skip?", '"lower 1-5"')
    assert_refused(run_verb("predict", "cnn", "no-brain", "lower 1-5"), 2, "no-brain", "no-skip")
    assert list_runs(workspace.runs) == []


def test_two_of_them_at_once_are_refused(workspace, run_verb):
    from filelock import FileLock

    with FileLock(workspace.record_folder / "predict.lock"):
        ran = run_verb("predict", "cnn", "no-skip", "lower 1-5")
    assert_refused(ran, 2, "Another phase3-tutor predict")
    assert list_runs(workspace.runs) == []


def test_in_the_background_the_verb_goes_on_by_itself_without_a_terminal(workspace, run_verb, monkeypatch):
    asked = []
    monkeypatch.setattr("tutor.experiment.subprocess.Popen", lambda command, **how: asked.append((command, how)))
    ran = run_verb("predict", "cnn", "no-skip", "lower 1-5", "--set", "epochs=2", "--detach")
    ((command, how),) = asked
    words = command[command.index("predict") :]
    assert words[:3] == ["predict", "cnn", "no-skip"]
    assert words[words.index("--set") + 1] == "epochs=2"
    assert how["start_new_session"]
    assert "predict-cnn-quick-no-skip.log" in ran.out
    assert len(list_runs(workspace.runs)) == 6


@pytest.mark.usefixtures("launched")
def test_a_comparison_for_a_script_holds_the_prediction_wherever_the_plain_arm_stands(run_verb):
    run_verb("predict", "cnn", "no-skip", "lower 5-7")
    names = [f"cnn-quick-no-skip-00{n}" for n in (1, 2, 3)] + [f"cnn-quick-00{n}" for n in (1, 2, 3)]
    answer = json.loads(run_verb("runs", "compare", *names, "--json").out)
    ablated, plain = answer["arms"]
    assert plain["prediction"] is None
    found = ablated["prediction"]
    assert (found["words"], found["blind"], found["direction"], found["size"]) == ("lower 5-7", True, "right", "wrong")
    assert found["difference"] == pytest.approx(-4.0)
    assert (found["band"], found["within_band"]) == ([-7.0, -5.0], False)
    alone = run_verb("runs", "compare", *names[:3]).out
    assert "the runs without no-skip are not among these" in " ".join(alone.split())


@pytest.mark.parametrize("rehash", [False, True])
@pytest.mark.usefixtures("launched")
def test_a_prediction_that_was_changed_later_is_left_out_with_a_sentence(workspace, run_verb, rehash):
    run_verb("predict", "cnn", "no-skip", "higher 1-5", "--seeds", 1)
    with EvidenceStore(workspace.record_folder).record.transaction() as database:
        (row,) = database.table("predictions").all()
        row["direction"] = "lower"
        database.table("predictions").update({**row, "hash": content_hash(row)} if rehash else row)
    said = " ".join(run_verb("runs", "compare", "cnn-quick-001", "cnn-quick-no-skip-001").out.split())
    assert "cnn-quick-no-skip-001 names a prediction that the record does not hold as it was sealed" in said
    assert ("was changed after it was sealed" in said) is not rehash
    assert "predicted lower" not in said


def test_a_config_that_is_changed_later_is_found_out(launched, run_verb):
    run_verb("predict", "cnn", "no-skip", "higher 1-5", "--seeds", 1)
    run = launched[1]
    config = run.config()
    run.write_config(replace(config, prediction=replace(config.prediction, words="lower 1-5")))
    said = " ".join(run_verb("runs", "compare", "cnn-quick-001", run.id).out.split())
    assert "names a prediction that the record does not hold" in said
    assert "predicted lower" not in said
