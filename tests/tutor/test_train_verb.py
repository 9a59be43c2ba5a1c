"""`train` and `runs` from outside; the trainer itself is put aside, its folder is what counts."""

import json

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from models.ablations import ABLATIONS
from models.presets import part_ids
from models.runs import RunDirectory, RunStatus, list_runs
from progress.evidence import EvidenceStore
from tutor import trainer_client


@pytest.fixture
def launched(monkeypatch):
    """No trainer starts; the run is left as one that has finished at once."""
    runs: list[RunDirectory] = []

    def launch(run: RunDirectory) -> None:
        run.write_status(RunStatus("finished", step=180, total_steps=180, held_out=0.98))
        runs.append(run)

    monkeypatch.setattr(trainer_client, "_launch", launch)
    return runs


@pytest.mark.usefixtures("workspace", "judge")
def test_what_was_written_and_not_checked_is_checked_first_so_that_it_can_be_the_learner_s(solve, launched, run_verb):
    solve()
    ran = run_verb("train", "cnn", "--detach")

    assert ran.code == 0
    assert "Checking first: cnn/conv2d, cnn/batchnorm2d, cnn/basic_block, cnn/resnet" in ran.err
    assert "The reference stands in" not in ran.err
    assert launched[0].config().is_evidence
    assert ran.out == "cnn-quick-001 is training. Follow it: phase3-tutor runs follow cnn-quick-001\n"


@pytest.mark.usefixtures("launched")
def test_what_passed_and_did_not_change_is_not_checked_again(workspace, judge, solve, run_verb):
    solve()
    run_verb("check", "cnn")
    judge.asked.clear()
    run_verb("train", "cnn", "--detach")
    assert judge.asked == []

    file = workspace.root / "cnn" / "conv.py"
    file.write_text(file.read_text() + "\n\ndef conv2d(x):\n    return x\n")
    run_verb("train", "cnn", "--detach")
    assert [asked[0] for asked in judge.asked] == ["cnn/conv2d"]


@pytest.mark.usefixtures("workspace")
def test_a_reference_that_stands_in_is_told_with_its_reason_and_the_run_is_no_evidence(
    judge, solve, launched, run_verb
):
    solve("cnn/conv2d")
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "failed", "flipped \x1b[31m kernel")
    ran = run_verb("train", "cnn", "--detach")

    assert "The reference stands in for cnn/conv2d (not passed yet), cnn/batchnorm2d (not passed yet)" in ran.err
    assert "this run is no evidence" in ran.err
    assert "\x1b" not in ran.err
    assert not launched[0].config().is_evidence


def test_a_wish_that_cannot_be_met_is_refused_before_anything_is_checked(workspace, judge, solve, run_verb):
    solve()
    for wish in (["--preset", "huge"], ["--preset", "full"], ["--device", "gpu"], ["--set", "epochs=x"]):
        assert run_verb("train", "cnn", *wish).code in (2, 3)
    assert judge.asked == []
    assert list(workspace.runs.iterdir()) == []


@pytest.mark.usefixtures("workspace", "judge")
def test_settings_seed_device_and_twin_are_in_the_run_s_config(launched, run_verb):
    run_verb("train", "cnn", "--set", "epochs=2", "--set", "peak_lr = 0.05", "--seed", 9, "--no-twin", "--detach")
    config = launched[0].config()
    assert (config.seed, config.twin, config.device) == (9, False, "cpu")
    assert (config.settings["epochs"], config.settings["peak_lr"]) == (2, 0.05)


@pytest.mark.usefixtures("judge", "launched")
def test_a_run_that_is_followed_to_its_end_is_recorded(workspace, solve, run_verb):
    solve()
    ran = run_verb("train", "cnn", "--ascii")
    assert ran.code == 0
    assert [run.run_id for run in EvidenceStore(workspace.record_folder).runs()] == ["cnn-quick-001"]


@pytest.mark.parametrize("state", ["failed", "diverged"])
@pytest.mark.usefixtures("workspace", "judge")
def test_a_run_that_fails_ends_with_1(run_verb, monkeypatch, state):
    def launch(run: RunDirectory) -> None:
        run.write_status(RunStatus(state, message="the loss is not a number"))

    monkeypatch.setattr(trainer_client, "_launch", launch)
    ran = run_verb("train", "cnn")
    assert ran.code == 1
    assert "the loss is not a number" in ran.out


@pytest.mark.usefixtures("judge")
def test_ctrl_c_while_following_leaves_the_run_going(workspace, run_verb, monkeypatch):
    def launch(run: RunDirectory) -> None:
        run.write_status(RunStatus("created"))

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer_client, "_launch", launch)
    monkeypatch.setattr("time.sleep", interrupt)
    ran = run_verb("train", "cnn")

    assert ran.code == 0
    assert "cnn-quick-001 goes on. See it: phase3-tutor runs follow cnn-quick-001" in ran.err
    assert list_runs(workspace.runs)[0].status().state == "created"


@pytest.mark.usefixtures("workspace")
def test_runs_are_listed_newest_first_and_a_damaged_one_says_so(make_run, run_verb):
    assert "No runs yet. Start one: phase3-tutor train cnn" in run_verb("runs").out
    make_run("cnn-quick-001", created_at="2026-01-01T00:00:00+00:00", source="reference")
    make_run("cnn-quick-002", created_at="2026-01-02T00:00:00+00:00", state="stopped", step=90)
    (make_run("cnn-quick-003", created_at="2026-01-03T00:00:00+00:00").path / "status.json").write_text("{")

    listed = run_verb("runs")
    rows = json.loads(run_verb("runs", "list", "--json").out)["runs"]

    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == [
        "cnn-quick-003",
        "cnn-quick-002",
        "cnn-quick-001",
    ]
    assert "unreadable" in listed.out.splitlines()[0]
    assert [(row["id"], row["state"]) for row in rows] == [
        ("cnn-quick-003", "unreadable"),
        ("cnn-quick-002", "stopped"),
        ("cnn-quick-001", "finished"),
    ]
    assert (rows[1]["step"], rows[1]["total"], rows[1]["evidence"]) == (90, 180, True)
    assert rows[2]["evidence"] is False
    assert rows[1]["bytes"] > 0


@pytest.mark.usefixtures("workspace")
def test_a_run_is_found_by_its_beginning_and_last_is_the_newest(make_run, run_verb):
    make_run("cnn-quick-001", created_at="2026-01-01T00:00:00+00:00")
    make_run("cnn-full-001", preset="full", created_at="2026-01-02T00:00:00+00:00")
    assert "cnn-quick-001" in run_verb("runs", "show", "cnn-q").out
    assert "cnn-full-001" in run_verb("runs", "show", "last").out
    refused = run_verb("runs", "show", "cnn")
    assert refused.code == 2
    assert '2 runs start with "cnn"' in refused.err
    assert run_verb("runs", "show", "rnn-quick-001").code == 2


@pytest.mark.usefixtures("workspace")
def test_a_finished_run_is_neither_resumed_nor_stopped(make_run, run_verb):
    make_run()
    assert "has finished" in run_verb("runs", "resume", "last").err
    assert "is not running" in run_verb("runs", "stop", "last").err
    assert run_verb("runs", "resume", "last").code == run_verb("runs", "stop", "last").code == 2


@pytest.mark.usefixtures("workspace")
def test_a_stopped_run_goes_on_detached(make_run, launched, run_verb):
    run = make_run(state="stopped")
    ran = run_verb("runs", "resume", "last", "--detach")
    assert (ran.code, [each.id for each in launched]) == (0, [run.id])
    assert "phase3-tutor runs follow cnn-quick-001" in ran.out


@pytest.mark.usefixtures("workspace")
def test_feature_maps_of_a_run_that_is_damaged_are_refused_in_words(make_run, run_verb, monkeypatch):
    async def answer(_child, _question):
        return {"error": "This run has no checkpoint yet.", "next": "let it train a little"}

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)
    run = make_run()
    ran = run_verb("show", "features", "last")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"This run has no checkpoint yet.\n  where: {run.path}\n  next:  let it train a little\n"


def test_every_part_of_the_project_is_an_exercise_that_can_be_checked():
    assert set(part_ids("cnn")) <= set(exercises_by_id())


@pytest.mark.usefixtures("workspace", "judge")
def test_an_ablation_is_told_recorded_and_no_claim_on_the_project(solve, launched, run_verb, workspace):
    solve()
    ran = run_verb("train", "cnn", "--ablate", "kernel-5", "--ablate", "no-skip", "--detach")
    assert ran.out.startswith("cnn-quick-no-skip-kernel-5-001 is training.")
    assert "Ablation no-skip: every block without its addition" in ran.err
    assert "no evidence" not in ran.err
    config = launched[0].config()
    assert config.ablations == ("no-skip", "kernel-5")
    assert not config.is_evidence
    assert EvidenceStore(workspace.record_folder).runs() == []


@pytest.mark.usefixtures("workspace", "judge")
def test_pre_activation_says_which_parts_are_not_the_learners(solve, launched, run_verb):
    solve()
    ran = run_verb("train", "cnn", "--ablate", "pre-activation", "--set", "net=resnet32", "--detach")
    assert "The reference stands in for cnn/basic_block (pre-activation is none of the exercises)" in ran.err
    config = launched[0].config()
    assert [part.source for part in config.parts] == ["learner", "learner", "reference", "reference"]
    assert config.settings["num_blocks"] == 5


def test_an_ablation_that_cannot_be_is_refused_before_anything_is_checked(workspace, judge, solve, run_verb):
    solve()
    for names in (["no-relu"], ["kernel-5", "kernel-7"], ["shortcut-a"]):
        assert run_verb("train", "cnn", *(word for name in names for word in ("--ablate", name))).code == 2
    assert judge.asked == []
    assert list(workspace.runs.iterdir()) == []


def test_the_help_names_every_ablation(run_verb):
    said = "".join(run_verb("train", "--help").out.replace("│", " ").split())  # a name may be broken at its hyphen
    assert [name for names in ABLATIONS.values() for name in names if name not in said] == []


@pytest.mark.usefixtures("workspace", "judge")
def test_a_prepared_run_waits_for_the_command_that_is_printed(solve, launched, run_verb, workspace):
    solve()
    ran = run_verb("train", "cnn", "--prepare")
    (run,) = list_runs(workspace.runs)
    assert launched == []
    assert (run.status().state, run.config().is_evidence) == ("created", True)
    assert ran.out == f"torchrun --nproc-per-node 2 -m phase3_tutor --child trainer {run.path}\n"


@pytest.mark.usefixtures("workspace", "judge")
@pytest.mark.parametrize(("given", "recorded"), [((), 6), (("--threads", "1"), 1)])
def test_a_run_takes_every_core_or_as_many_threads_as_it_is_given(
    given, recorded, solve, launched, run_verb, monkeypatch
):
    monkeypatch.setattr(trainer_client.os, "cpu_count", lambda: 6)
    solve()
    run_verb("train", "cnn", "--detach", *given)
    assert launched[0].config().threads == recorded
