"""The keys of the exercise screen that reach outside it: watch, solution, reset."""

import asyncio

import pytest

import tutor.app
from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from progress.evidence import EvidenceStore
from tests.tutor.screens.harness import words
from tutor.app import TutorApp
from tutor.screens.exercise import ExerciseScreen
from tutor.screens.question import QuestionScreen
from tutor.screens.solution import SolutionScreen
from tutor.workspace import init_workspace

CONV = exercises_by_id()["cnn/conv2d"]


@pytest.fixture
def app(tmp_path, monkeypatch) -> TutorApp:
    monkeypatch.setenv("LANG", "C.UTF-8")
    return TutorApp(init_workspace(tmp_path / "phase3").workspace)


@pytest.fixture
def checks(monkeypatch) -> list[str]:
    """Stands in for the judge, and keeps what it was asked."""
    asked: list[str] = []

    async def check(workspace, exercises, _judge):
        asked.append(workspace.file_of(exercises[0]).read_text())
        await asyncio.sleep(0)
        return [Verdict(exercises[0].id, "failed", f"verdict {len(asked)}")], None

    monkeypatch.setattr(tutor.app, "check_exercises", check)
    return asked


async def settle(pilot, until, seconds=5.0):
    """Wait for something that a worker does; a test that waits in vain fails at its next assertion."""
    for _ in range(int(seconds / 0.05)):
        await pilot.pause(0.05)
        if until():
            return


async def open_exercise(pilot):
    await settle(pilot, lambda: pilot.app.standing)
    pilot.app.go_to("exercise:cnn/conv2d")
    await settle(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


def text_of(app) -> str:
    return "\n".join(words(app))


async def test_w_checks_every_save_until_it_is_pressed_again(app, checks):
    file = app.workspace.file_of(CONV)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_exercise(pilot)
        await pilot.press("w")
        await pilot.pause(0.5)
        file.write_text("conv2d = 1\n")
        await settle(pilot, lambda: "verdict 1" in text_of(app))
        file.write_text("conv2d = 2\n")
        await settle(pilot, lambda: "verdict 2" in text_of(app))
        assert checks == ["conv2d = 1\n", "conv2d = 2\n"]
        await pilot.press("w")
        await pilot.pause(0.3)
        file.write_text("conv2d = 3\n")
        await pilot.pause(0.7)
        assert len(checks) == 2


async def test_a_watch_ends_with_its_screen(app, checks):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_exercise(pilot)
        await pilot.press("w")
        await pilot.pause(0.5)
        await pilot.press("q")
        await pilot.pause(0.3)
        app.workspace.file_of(CONV).write_text("conv2d = 1\n")
        await pilot.pause(0.7)
        assert (checks, app.screen) == ([], app.map)


async def test_s_asks_before_it_gives_up_and_no_leaves_no_trace(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_exercise(pilot)
        await pilot.press("s")
        await settle(pilot, lambda: isinstance(app.screen, QuestionScreen))
        assert "Give up cnn/conv2d" in text_of(app)
        await pilot.press("n")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ExerciseScreen)
        assert EvidenceStore(app.workspace.record_folder).given_up() == {}


async def test_after_yes_the_solution_is_there_and_the_map_says_so(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_exercise(pilot)
        await pilot.press("s")
        await settle(pilot, lambda: isinstance(app.screen, QuestionScreen))
        await pilot.press("y")
        await settle(pilot, lambda: isinstance(app.screen, SolutionScreen))
        assert "def conv2d(" in text_of(app)
        await pilot.press("q", "q")
        await settle(pilot, lambda: "given up" in text_of(app))
        assert "given up: its solution was shown" in text_of(app)


async def test_what_has_passed_is_shown_without_a_question(app):
    EvidenceStore(app.workspace.record_folder).add_verdicts([{"id": "cnn/conv2d", "status": "passed"}])
    async with app.run_test(size=(60, 16)) as pilot:
        await open_exercise(pilot)
        await pilot.press("s")
        await settle(pilot, lambda: isinstance(app.screen, SolutionScreen))
        assert isinstance(app.screen, SolutionScreen)
        assert EvidenceStore(app.workspace.record_folder).given_up() == {}


async def test_reset_asks_then_brings_the_stub_back_and_names_the_backup(app):
    file = app.workspace.file_of(CONV)
    file.write_text("conv2d = 1\n")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_exercise(pilot)
        await pilot.press("R")
        await settle(pilot, lambda: isinstance(app.screen, QuestionScreen))
        await pilot.press("n")
        await pilot.pause(0.2)
        assert file.read_text() == "conv2d = 1\n"
        await pilot.press("R")
        await settle(pilot, lambda: isinstance(app.screen, QuestionScreen))
        await pilot.press("y")
        await settle(pilot, lambda: "backup-1" in text_of(app))
        assert "conv.py.backup-1" in text_of(app)
    assert file.read_bytes() == CONV.stub.read_bytes()
    assert file.with_name("conv.py.backup-1").read_text() == "conv2d = 1\n"


async def test_an_untouched_stub_is_not_asked_about(app):
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_exercise(pilot)
        await pilot.press("R")
        await settle(pilot, lambda: "still the stub" in text_of(app))
        assert "cnn/conv.py is still the stub." in text_of(app)
        assert isinstance(app.screen, ExerciseScreen)


async def test_a_reset_that_cannot_be_made_is_told(app):
    file = app.workspace.file_of(CONV)
    file.unlink()
    file.mkdir()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_exercise(pilot)
        await pilot.press("R")
        await settle(pilot, lambda: isinstance(app.screen, QuestionScreen))
        await pilot.press("y")
        await settle(pilot, lambda: "no ordinary file" in text_of(app))
        assert "no ordinary file" in text_of(app)
