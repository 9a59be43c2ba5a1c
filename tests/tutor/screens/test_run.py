import os
from dataclasses import replace

import pytest

from models.coherence_facts import keep_coherence
from models.metrics import metrics_line
from models.runs import Part, RunConfig, RunDirectory, RunState, RunStatus, SealedPrediction
from tests.models.test_coherence_facts import FACTS
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.run import RunScreen


def a_run(folder, state: RunState = "finished", step=40, prediction=None, **changes) -> RunDirectory:
    parts = (
        Part("cnn/conv2d", "learner", "cnn/conv.py", "conv2d", "hash"),
        Part("cnn/resnet", "reference", "cnn/resnet.py", "ResNet", "", "not passed yet"),
    )
    config = RunConfig(
        id="cnn-quick-001", project="cnn", preset="quick", seed=7, device="cpu", threads=2, twin=False,
        total_steps=80, settings={"bar": 0.97}, dataset={"name": "digits"}, parts=parts, workspace_id="w",
        created_at="2026-01-01T00:00:00+00:00", versions={}, prediction=prediction,
        ablations=("no-skip",) if prediction else (),
    )  # fmt: skip
    run = RunDirectory.create(folder, config)
    write_steps(run, 1, step)
    run.write_status(RunStatus(state, step, 80, pid=os.getpid(), heartbeat=1.0, examples_per_s=400.0, **changes))
    return run


def write_steps(run, first, last):
    with run.metrics.open("ab") as file:
        for step in range(first, last + 1):
            file.write(metrics_line(step, "train", loss=2.0 / step, accuracy=1 - 1 / step, lr=0.1))
            if step % 10 == 0:
                file.write(metrics_line(step, "held_out", loss=1.0 / step, accuracy=1 - 2 / step))


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_shows_curve_numbers_and_whose_code_it_trains(tmp_path, size, charset):
    async with Harness(RunScreen(a_run(tmp_path), charset)).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        for part in ("cnn-quick-001", "finished", "step 40/80", "train 0.050", "held out 95.0 %", "No evidence"):
            assert part in text
        assert ("accuracy" in words(pilot.app)[2]) == (size[0] >= 80)
        assert charset.unicode or text.isascii()


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_what_was_predicted_of_an_ablation_stands_with_its_numbers(tmp_path, size):
    sealed = SealedPrediction("lower 1-5", "2026-01-01T00:00:00+00:00", True, "c0de")
    async with Harness(RunScreen(a_run(tmp_path, prediction=sealed))).run_test(size=size) as pilot:
        await pilot.pause()
        rows = words(pilot.app)
        assert any("Predicted: lower by 1 to 5 points (sealed 20" in row for row in rows)
        assert any("train 0.050" in row for row in rows)


async def test_it_follows_a_run_that_grows(tmp_path):
    run = a_run(tmp_path, "running")
    with run.lock():
        screen = RunScreen(run)
        async with Harness(screen).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            write_steps(run, 41, 60)
            run.write_status(RunStatus("running", 60, 80, pid=os.getpid(), heartbeat=2.0))
            await pilot.pause(0.8)
            text = "\n".join(words(pilot.app))
            assert "step 60/80" in text
            assert "train 0.033" in text


async def test_while_nothing_changes_nothing_is_drawn(tmp_path, monkeypatch):
    screen = RunScreen(a_run(tmp_path))
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        drawn = []
        monkeypatch.setattr(screen, "_show", lambda before: drawn.append(before))
        await pilot.pause(1.2)
        assert drawn == []


async def reads_of(run: RunDirectory, seconds: float) -> int:
    """How often a run screen reads the status of its run in so many seconds."""
    screen, reads, status = RunScreen(run), [], run.status
    run.status = lambda: (reads.append(1), status())[1]
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        reads.clear()
        await pilot.pause(seconds)
    return len(reads)


@pytest.mark.parametrize(("seconds_left", "looks"), [(30.0, range(3, 6)), (3600.0, range(1, 4))])
async def test_a_run_with_more_than_ten_minutes_to_go_is_looked_at_half_as_often(tmp_path, seconds_left, looks):
    run = a_run(tmp_path, "running", seconds_left=seconds_left)
    with run.lock():
        assert await reads_of(run, seconds=2.3) in looks


@pytest.mark.parametrize(
    ("project", "settings", "told"),
    [("transformer", {}, [1, 0]), ("rnn", {"dataset": "shakespeare"}, [0, 1]), ("cnn", {}, [0, 0])],
)
async def test_t_translates_or_lets_speak_as_the_project_can(tmp_path, monkeypatch, project, settings, told):
    run = a_run(tmp_path)
    config = replace(run.config(), project=project, settings=settings)
    monkeypatch.setattr(RunDirectory, "config", lambda _self: config)
    app = Harness(RunScreen(run))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert ("t translate" in words(app)[23], "t let it speak" in words(app)[23]) == tuple(map(bool, told))
        await pilot.press("t")
        await pilot.pause()
    assert [len(app.told(kind)) for kind in (RunScreen.TranslationRequested, RunScreen.SpeechRequested)] == told


async def test_a_running_run_can_be_stopped_and_not_resumed(tmp_path):
    run = a_run(tmp_path, "running")
    with run.lock():
        app = Harness(RunScreen(run))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "s stop" in words(app)[23]
            assert "r resume" not in words(app)[23]
            await pilot.press("r", "s", "g")
            await pilot.pause()
    assert [message.run_id for message in app.told(RunScreen.StopRequested)] == ["cnn-quick-001"]
    assert app.told(RunScreen.ResumeRequested) == []
    assert len(app.told(RunScreen.FeaturesRequested)) == 1


@pytest.mark.parametrize("state", ["stopped", "failed", "running"])
async def test_a_run_that_has_stopped_failed_or_died_can_be_resumed(tmp_path, state):
    app = Harness(RunScreen(a_run(tmp_path, state)))  # "running" without a trainer: it has died
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "r resume" in words(app)[23]
        await pilot.press("s", "r")
        await pilot.pause()
    assert app.told(RunScreen.StopRequested) == []
    assert len(app.told(RunScreen.ResumeRequested)) == 1


async def test_the_end_of_a_run_that_is_watched_is_told(tmp_path):
    run = a_run(tmp_path, "running")
    app = Harness(RunScreen(run))
    with run.lock():
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            run.write_status(RunStatus("finished", 80, 80, held_out=0.98))
            await pilot.pause(0.8)
    assert [(message.run_id, message.state) for message in app.told(RunScreen.RunEnded)] == [
        ("cnn-quick-001", "finished")
    ]


async def test_o_changes_the_scale_and_z_the_view(tmp_path):
    async with Harness(RunScreen(a_run(tmp_path))).run_test(size=(80, 24)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert "log scale" in words(pilot.app)[2]
        await pilot.press("z")
        await pilot.pause()
        assert "accuracy" not in words(pilot.app)[2]


async def test_a_run_whose_files_are_damaged_is_told_in_words(tmp_path):
    run = a_run(tmp_path)
    (run.path / "status.json").write_text("{")
    async with Harness(RunScreen(run)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "status is damaged" in words(pilot.app)[22]


async def test_the_trainers_last_words_stand_in_the_hint_line(tmp_path):
    run = a_run(tmp_path, "failed", message="RuntimeError in \x1b[2Jcnn/blocks.py line 31 [/]")
    async with Harness(RunScreen(run)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words(pilot.app)[22] == " RuntimeError in cnn/blocks.py line 31 [/]"


async def test_a_long_file_is_read_in_pieces_between_which_keys_are_served(tmp_path):
    run = a_run(tmp_path, step=1)
    with run.metrics.open("ab") as file:
        file.writelines(metrics_line(step, "train", loss=1.0, accuracy=0.5, lr=0.1) for step in range(2, 20_000))
    screen = RunScreen(run)
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        assert screen.curves.last_step == 19_999


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_finished_character_model_shows_what_its_text_measures_as_soon_as_it_is_there(tmp_path, size):
    run = a_run(tmp_path)
    config = run.config()
    run.write_config(replace(config, project="rnn", settings={"bar": 1.77, "dataset": "plays"}))
    facts = {**FACTS, "step": 40, "text": "x\n\nFOOL:\nO nuncle!"}
    with run.lock():
        async with Harness(RunScreen(run)).run_test(size=size) as pilot:
            await pilot.pause()
            assert any("is being held against" in row for row in words(pilot.app))
            keep_coherence(run, facts)
            await pilot.pause(0.8)
            rows = words(pilot.app)
            assert any(row.strip().startswith("says") and "copied" in row for row in rows)
            assert any("O nuncle!" in row for row in rows) == (size == (80, 24))
            assert any("nats     train 0.050" in row for row in rows)
