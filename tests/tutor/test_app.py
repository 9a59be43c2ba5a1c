import asyncio
import os
import signal
import sys

import pytest

import tutor.app
import tutor.guide_app
import tutor.lab_app
from lessons.catalog import curriculum
from lessons.checking.verdict import Verdict
from models.prediction import Prediction
from models.runs import RunConfig, RunDirectory, RunState, RunStatus
from tests.tutor.screens.harness import words
from tutor.app import TutorApp
from tutor.drawing.feature_maps import Stage
from tutor.drawing.feature_pages import Features
from tutor.pictures.registry import picture_kinds
from tutor.refusals import Refusal
from tutor.screens.criteria import CriteriaScreen
from tutor.screens.exercise import ExerciseScreen
from tutor.screens.features import FeaturesScreen
from tutor.screens.help import HelpScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.map import MapScreen
from tutor.screens.pictures import PicturesScreen
from tutor.screens.run import RunScreen
from tutor.screens.runs import RunsScreen
from tutor.screens.train import TrainScreen
from tutor.workspace import Workspace, init_workspace

IMAGE = [[0.0, 1.0], [1.0, 0.0]]


@pytest.fixture
def app(tmp_path, monkeypatch) -> TutorApp:
    monkeypatch.setenv("LANG", "C.UTF-8")
    return TutorApp(init_workspace(tmp_path / "phase3").workspace)


def a_run(workspace: Workspace, state: RunState = "finished") -> RunDirectory:
    config = RunConfig(
        "cnn-quick-001", "cnn", "quick", 0, "cpu", 2, False, 80, {"bar": 0.97}, {"name": "digits"}, (), "w",
        "2026-01-01T00:00:00+00:00", {},
    )  # fmt: skip
    run = RunDirectory.create(workspace.runs, config)
    run.write_status(RunStatus(state, 80, 80, pid=os.getpid(), held_out=0.98))
    return run


async def settle(pilot, until, seconds=5.0):
    """Wait for something that a worker does; a test that waits in vain fails at its next assertion."""
    for _ in range(int(seconds / 0.05)):
        await pilot.pause(0.05)
        if until():
            return


def verdicts_of(*statuses):
    """A stand-in for the judge: these verdicts, one a check."""
    left = list(statuses)

    async def check(_workspace, exercises, _judge):
        await asyncio.sleep(0)
        return [Verdict(exercises[0].id, left.pop(0), "the message", after="what comes after")], None

    return check


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (200, 60)])
async def test_the_app_opens_on_the_map_with_what_is_next(app, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot, lambda: app.standing)
        assert isinstance(app.screen, MapScreen)
        assert "Next  " in "\n".join(words(app))
        assert "conv2d" in "\n".join(words(app))


async def test_a_tiny_terminal_gets_a_sentence_and_the_app_survives_every_size(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        for size in ((20, 5), (1, 1), (250, 60), (60, 16), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "Next  " in "\n".join(words(app))


async def test_the_first_start_makes_the_workspace_on_i(tmp_path):
    app = TutorApp(Workspace(tmp_path / "phase3"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: "Welcome" in "\n".join(words(app)))
        assert "Welcome" in "\n".join(words(app))
        await pilot.press("i")
        await settle(pilot, lambda: app.standing)
        assert "Next  " in "\n".join(words(app))
    assert (tmp_path / "phase3" / "cnn" / "conv.py").is_file()


@pytest.mark.parametrize(
    ("place", "screen"),
    [
        ("exercise:cnn/conv2d", ExerciseScreen),
        ("lesson:cnn/convolution", LessonScreen),
        ("train:cnn", TrainScreen),
        ("runs", RunsScreen),
        ("criteria", CriteriaScreen),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (20, 5)])
async def test_every_place_opens_at_every_size_and_q_comes_back(app, place, screen, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to(place)
        await settle(pilot, lambda: isinstance(app.screen, screen))
        assert isinstance(app.screen, screen)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("q", "q")
        await pilot.pause()
        assert app.screen is app.map


async def test_c_checks_shows_the_verdict_and_enter_goes_on_after_passing(app, monkeypatch):
    monkeypatch.setattr(tutor.app, "check_exercises", verdicts_of("failed", "passed"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("exercise:cnn/conv2d")
        await pilot.press("c")
        await settle(pilot, lambda: "FAILED" in "\n".join(words(app)))
        assert "FAILED" in "\n".join(words(app))
        await pilot.press("c")
        await settle(pilot, lambda: "PASSED" in "\n".join(words(app)))
        assert "what comes after" in "\n".join(words(app))
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, ExerciseScreen) and app.screen.verdict is None)
        assert isinstance(app.screen, ExerciseScreen)
        assert app.screen.exercise.id == curriculum().exercises[1].id
        assert len(app.screen_stack) == 3  # the default screen, the map, the next exercise


async def test_c_on_the_map_opens_the_exercise_and_checks_it(app, monkeypatch):
    monkeypatch.setattr(tutor.app, "check_exercises", verdicts_of("failed"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        await pilot.press("c")
        await settle(pilot, lambda: "FAILED" in "\n".join(words(app)))
        assert "cnn/conv2d" in words(app)[0]
        assert "FAILED" in "\n".join(words(app))


async def test_a_judge_that_dies_is_told_and_the_app_lives(app, monkeypatch):
    async def dies(*_):
        raise Refusal("The judge process ended: killed", "judge", "try again", 3)

    monkeypatch.setattr(tutor.app, "check_exercises", dies)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("exercise:cnn/conv2d")
        await pilot.press("c")
        await settle(pilot, lambda: "judge process" in "\n".join(words(app)))
        assert "The judge process ended: killed Next: try again" in words(app)[22]


async def test_h_goes_up_the_ladder_of_hints(app):
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("exercise:cnn/conv2d")
        await pilot.press("h")
        await settle(pilot, lambda: "Hint 1 of 3" in "\n".join(words(app)))
        await pilot.press("h")
        await settle(pilot, lambda: "Hint 2 of 3" in "\n".join(words(app)))
        assert "Hint 2 of 3" in "\n".join(words(app))


async def test_a_hint_that_the_verdict_has_told_is_not_told_again(app):
    exercise = curriculum().exercises[0]
    failed = Verdict(exercise.id, "failed", "It is turned.", hint=exercise.hints[0])
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to(f"exercise:{exercise.id}")
        await settle(pilot, lambda: isinstance(app.screen, ExerciseScreen))
        app.screen.show_verdict(failed)
        await pilot.press("h")
        await settle(pilot, lambda: "Hint 2 of 3" in "\n".join(words(app)))
        assert "Hint 2 of 3" in "\n".join(words(app))
        assert "Hint 1 of 3" not in "\n".join(words(app))


async def test_e_without_a_terminal_names_the_file(app, monkeypatch):
    monkeypatch.setenv("EDITOR", sys.executable)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("exercise:cnn/conv2d")
        await pilot.press("e")
        await settle(pilot, lambda: "No editor can be opened" in "\n".join(words(app)))
        assert "No editor can be opened" in "\n".join(words(app))


async def test_training_starts_from_the_train_screen_and_is_followed(app, monkeypatch):
    started = []

    def start(workspace, project, preset, ablations, prediction):
        started.append((project, preset, ablations, prediction))
        return a_run(workspace, "finished")

    monkeypatch.setattr(tutor.app, "start_run", start)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        await pilot.press("t")
        await settle(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, RunScreen))
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run.id == "cnn-quick-001"
        await pilot.press("q")
        assert app.screen is app.map
    assert started == [("cnn", "quick", [], None)]


async def test_an_ablation_starts_with_the_prediction_that_was_typed_and_a_wrong_form_is_told(app, monkeypatch):
    started = []

    def start(workspace, *_, ablations, prediction):
        started.append((ablations, prediction))
        return a_run(workspace, "finished")

    monkeypatch.setattr(tutor.app, "start_run", start)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("train:cnn")
        await settle(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("a", "p", *"lower", "enter", "enter")
        await settle(pilot, lambda: "says no size" in "\n".join(words(app)))
        assert started == []
        await pilot.press("p", "space", *"1-5", "enter", "enter")
        await settle(pilot, lambda: isinstance(app.screen, RunScreen))
    assert started == [(["no-skip"], Prediction("lower", 1.0, 5.0))]


async def test_a_run_that_cannot_start_leaves_the_learner_where_they_were_with_the_reason(app, monkeypatch):
    def start(*_, **__):
        raise Refusal("CIFAR-10 is not here.", "data", "phase3-tutor data get cifar10", 3)

    monkeypatch.setattr(tutor.app, "start_run", start)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("train:cnn")
        await settle(pilot, lambda: isinstance(app.screen, TrainScreen))
        await pilot.press("down", "enter")
        await settle(pilot, lambda: "data get cifar10" in "\n".join(words(app)))
        assert "phase3-tutor data get cifar10" in "\n".join(words(app))


async def test_stopping_a_run_asks_first(app, monkeypatch):
    stopped = []
    monkeypatch.setattr(tutor.app, "stop_run", lambda run: stopped.append(run.id))
    run = a_run(app.workspace, "running")
    with run.lock():
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot, lambda: app.standing)
            app.go_to("run:cnn-quick-001")
            await pilot.pause()
            await pilot.press("s")
            await pilot.pause()
            await pilot.press("n")
            await pilot.pause()
            assert stopped == []
            await pilot.press("s")
            await pilot.pause()
            await pilot.press("y")
            await settle(pilot, lambda: stopped)
    assert stopped == ["cnn-quick-001"]


async def test_a_stopped_run_is_resumed(app, monkeypatch):
    resumed = []
    monkeypatch.setattr(tutor.app, "resume_run", lambda run: resumed.append(run.id))
    a_run(app.workspace, "stopped")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("run:cnn-quick-001")
        await pilot.pause()
        await pilot.press("r")
        await settle(pilot, lambda: resumed)
    assert resumed == ["cnn-quick-001"]


async def test_g_shows_the_feature_maps_of_the_run_and_braces_the_next_image(app, monkeypatch):
    asked = []

    async def answer(run, image, channels, _lab):
        asked.append((run.id, image, channels))
        return Features((Stage("stem", [IMAGE] * 4),), IMAGE, str(image), "7", 0.5)

    monkeypatch.setattr(tutor.lab_app, "ask_for_features", answer)
    a_run(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("run:cnn-quick-001")
        await pilot.press("g")
        await settle(pilot, lambda: "image of 0" in words(app)[0])
        assert isinstance(app.screen, FeaturesScreen)
        await pilot.press("}")
        await settle(pilot, lambda: "image of 1" in words(app)[0])
        assert "image of 1, seen as 7 (50.0 %, wrong)" in words(app)[0]
    assert asked == [("cnn-quick-001", 0, tutor.lab_app.CHANNELS), ("cnn-quick-001", 1, tutor.lab_app.CHANNELS)]


async def test_v_lists_the_pictures_of_the_run_and_enter_draws_one(app, monkeypatch):
    async def answer(_lab, question):
        return {**question, "class_names": ["cat", "dog"], "counts": [[9, 1], [2, 8]]}

    monkeypatch.setattr("tutor.lab_client.LabClient.ask", answer)
    a_run(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("run:cnn-quick-001")
        await pilot.press("v")
        await settle(pilot, lambda: isinstance(app.screen, PicturesScreen))
        await pilot.press(*["down"] * picture_kinds().index("confusion"), "enter")
        await settle(pilot, lambda: "Mixed up most: cat and dog (3)." in "\n".join(words(app)))
        assert "Mixed up most: cat and dog (3)." in "\n".join(words(app))


async def test_a_run_that_ends_elsewhere_rings_and_is_named(app, monkeypatch):
    rung = []
    monkeypatch.setattr(TutorApp, "bell", lambda _: rung.append(1))
    run = a_run(app.workspace, "running")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        with run.lock():
            await settle(pilot, lambda: app.standing and app.standing.runs)
            assert rung == []
            run.write_status(RunStatus("finished", 80, 80, held_out=0.98))
        app.refresh_standing()
        await settle(pilot, lambda: rung)
        assert rung == [1]
        await settle(pilot, lambda: "cnn-quick-001: finished." in "\n".join(words(app)))
        assert "cnn-quick-001: finished." in "\n".join(words(app))


async def test_a_record_of_a_later_version_is_told_and_not_touched(app, monkeypatch):
    def newer(_):
        raise Refusal("A later version wrote the record.", "progress.json", "update phase3-tutor")

    monkeypatch.setattr(tutor.guide_app, "standing_of", newer)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: "later version" in "\n".join(words(app)))
        assert "A later version wrote the record." in " ".join("\n".join(words(app)).split())


async def test_the_palette_knows_every_place(app):
    a_run(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"exercise cnn/conv2d", "runs", "criteria", "run cnn-quick-001", "quit"} <= set(titles)
        assert "lesson cnn/why_3x3: Why 3x3" in titles  # typed as the map calls it, or by its id


async def test_an_ascii_app_sends_ascii_only(tmp_path):
    app = TutorApp(init_workspace(tmp_path / "phase3").workspace, ascii=True)
    a_run(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        for place in ("exercise:cnn/conv2d", "lesson:cnn/convolution", "run:cnn-quick-001", "runs", "criteria"):
            assert "\n".join(words(app)).isascii(), place
            app.back_to_map()
            app.go_to(place)
            await pilot.pause(0.1)
        assert "\n".join(words(app)).isascii()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_app_in_order_with_its_exit_code(app, sign):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        os.kill(os.getpid(), sign)
        await settle(pilot, lambda: app.return_code is not None)
    assert app.return_code == 128 + sign


async def test_quitting_ends_the_children_and_exits_with_0(app, monkeypatch):
    closed = []

    async def close():
        closed.append(1)

    monkeypatch.setattr(app.judge, "close", close)
    monkeypatch.setattr(app.lab, "close", close)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        await pilot.press("q")
    assert closed == [1, 1]
    assert not app.return_code


async def test_a_crash_leaves_a_traceback_in_a_file_and_the_exit_code_1(app, monkeypatch):
    async def walk_into_a_fault():
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot, lambda: app.standing)
            await pilot.press("r")
            await pilot.pause()

    monkeypatch.setattr(app, "go_to", lambda _place: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await walk_into_a_fault()
    assert app.return_code == 1
    assert "ZeroDivisionError" in (app.workspace.record_folder / "crash.log").read_text()


async def test_a_verdict_that_comes_after_its_screen_was_left_is_a_notice(app, monkeypatch):
    asked, answer = asyncio.Event(), asyncio.Event()

    async def check(_workspace, exercises, _judge):
        asked.set()
        await answer.wait()
        return [Verdict(exercises[0].id, "timeout", "the message")], None

    monkeypatch.setattr(tutor.app, "check_exercises", check)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("exercise:cnn/conv2d")
        await settle(pilot, lambda: isinstance(app.screen, ExerciseScreen))
        await pilot.press("c")
        await asked.wait()
        await pilot.press("q")
        await settle(pilot, lambda: isinstance(app.screen, MapScreen))
        answer.set()
        await settle(pilot, lambda: "cnn/conv2d: timeout" in "\n".join(words(app)))
        assert "cnn/conv2d: timeout" in "\n".join(words(app))
    assert not app.return_code


async def test_feature_maps_that_come_after_their_screen_was_left_are_dropped(app, monkeypatch):
    asked, answer = asyncio.Event(), asyncio.Event()

    async def ask(*_question):
        asked.set()
        await answer.wait()
        return Features([Stage("stem", [IMAGE], 1)], IMAGE, "7", "7", 0.9)

    a_run(app.workspace)
    monkeypatch.setattr(tutor.lab_app, "ask_for_features", ask)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("run:cnn-quick-001")
        await settle(pilot, lambda: isinstance(app.screen, RunScreen))
        await pilot.press("g")
        await asked.wait()
        await pilot.press("q")
        answer.set()
        await settle(pilot, lambda: isinstance(app.screen, RunScreen))
        assert isinstance(app.screen, RunScreen)
    assert not app.return_code


async def test_what_is_written_and_unchecked_is_checked_before_a_run_is_prepared(app, monkeypatch):
    file = app.workspace.root / "cnn" / "conv.py"
    file.write_text("def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):\n    return x\n")
    checked = []

    async def check(_workspace, exercises, _judge):
        checked.extend(exercise.id for exercise in exercises)
        return [Verdict(exercises[0].id, "failed", "the message")], None

    monkeypatch.setattr(tutor.app, "check_exercises", check)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, lambda: app.standing)
        app.go_to("train:cnn")
        await settle(pilot, lambda: isinstance(app.screen, TrainScreen))
        assert isinstance(app.screen, TrainScreen)
    assert checked == ["cnn/conv2d"]
