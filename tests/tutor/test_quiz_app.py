"""The app's questions from the palette to the record: asked, graded, given up, and what a broken record does."""

import os

import pytest

from progress.evidence import EvidenceStore
from tests.tutor.screens.harness import words
from tests.tutor.test_app import settle
from tutor.answering import find_question, find_questions, last_answer
from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen
from tutor.screens.quiz import QuizScreen
from tutor.workspace import Workspace, init_workspace

LENET = "cnn/convolution/lenet"


@pytest.fixture
def app(tmp_path, monkeypatch) -> TutorApp:
    monkeypatch.setenv("LANG", "C.UTF-8")
    return TutorApp(init_workspace(tmp_path / "phase3").workspace)


async def open_quiz(app: TutorApp, pilot) -> QuizScreen:
    app.go_to("quiz:cnn/convolution")
    await settle(pilot, lambda: "question 1 of" in shown(app))
    assert isinstance(app.screen, QuizScreen)
    return app.screen


def shown(app: TutorApp) -> str:
    return "\n".join(words(app))


async def test_an_answer_is_graded_shown_and_recorded(app):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_quiz(app, pilot)
        variant = screen.variant
        await pilot.press(*"12345", "enter")
        await settle(pilot, lambda: "Not that." in shown(app))
        await pilot.press(*["backspace"] * 5, *str(variant.answer), "enter")
        await settle(pilot, lambda: "Right:" in shown(app))
        assert "Right:" in shown(app)
    row = EvidenceStore(app.workspace.record_folder).answers()[LENET]
    assert (row.attempts, row.rights, row.last.seed, row.last.answer) == (2, 1, variant.seed, str(variant.answer))


async def test_giving_up_is_recorded_and_shown(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_quiz(app, pilot)
        await pilot.press("ctrl+g")
        await settle(pilot, lambda: "The answer is" in shown(app))
        assert "The answer is" in shown(app)
    assert EvidenceStore(app.workspace.record_folder).answers()[LENET].given_up == 1


async def test_what_is_no_answer_says_where_and_is_not_recorded(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_quiz(app, pilot)
        await pilot.press(*"2*k", "enter")
        await settle(pilot, lambda: "column 3" in shown(app))
        assert "column 3" in shown(app)
    assert EvidenceStore(app.workspace.record_folder).answers() == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
async def test_without_a_writable_record_the_verdict_is_shown_all_the_same(app):
    app.workspace.record_folder.chmod(0o500)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_quiz(app, pilot)
        await pilot.press(*"12345", "enter")
        await settle(pilot, lambda: "Not recorded" in shown(app))
        assert "Not that." in shown(app)
    app.workspace.record_folder.chmod(0o700)


async def test_without_a_workspace_questions_are_asked_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "C.UTF-8")
    app = TutorApp(Workspace(tmp_path / "none"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_quiz(app, pilot)
        await pilot.press(*"12345", "enter")
        await settle(pilot, lambda: "Not that." in shown(app))
        assert "Not that." in shown(app)
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("to_come")
async def test_what_has_no_questions_is_told(app):
    async with app.run_test(size=(80, 24)) as pilot:
        app.go_to("quiz:diffusion")
        await settle(pilot, lambda: len(app._notifications))
        assert [notice.message for notice in app._notifications] == ["There are no questions on diffusion yet."]


async def test_the_answer_given_before_a_lesson_is_found_again(app):
    (opening,) = find_questions("cnn/convolution", "before")
    assert last_answer(app.workspace, opening) is None
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QuizScreen("Before you read", [opening], 5))
        await settle(pilot, lambda: "question 1 of" in shown(app))
        await pilot.press(*"32^4", "enter")
        await settle(pilot, lambda: "Noted." in shown(app))
        assert "Noted." in shown(app)
    found = last_answer(app.workspace, find_question(opening.id))
    assert found is not None
    assert (found[0], found[1]) == (opening.variant(5), "32^4")


async def test_a_lessons_questions_are_asked_from_its_pages_and_the_lesson_shows_what_was_answered(app):
    async with app.run_test(size=(80, 24)) as pilot:
        app.go_to("lesson:cnn/pooling")
        await settle(pilot, lambda: isinstance(app.screen, LessonScreen))
        lesson = app.screen
        assert isinstance(lesson, LessonScreen)
        asked = lesson.asked.before
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.variant == asked, "the numbers that stood in the lesson"
        await pilot.press("1", "enter")
        await settle(pilot, lambda: "Noted." in shown(app))
        await pilot.press("enter")
        await settle(pilot, lambda: lesson.asked.given == "1")
        assert app.screen is lesson
        assert "the lesson comes back to it" in shown(app)
