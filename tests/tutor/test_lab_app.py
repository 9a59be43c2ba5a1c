"""Figures that the lab computes, in the app: when it is asked, what it answers to whom, and when it rests."""

import asyncio

import pytest

import tutor.lab_app
from tests.tutor.screens.harness import words
from tests.tutor.test_app import settle
from tutor.app import TutorApp
from tutor.refusals import Refusal
from tutor.screens.lesson import LessonScreen
from tutor.workspace import init_workspace


class Counted:
    """Knows nothing until the lab has told it a number."""

    keys = "+ one more"

    def __init__(self, name):
        self.name, self.known = name, 0

    @property
    def question(self):
        return None if self.known else {"ask": "figure", "figure": self.name}

    def answered(self, answer):
        self.known = answer["n"]

    def draw(self, width, charset):  # noqa: ARG002
        return [[(f"{self.name} knows {self.known}" if self.known else "computing", "")]]

    def press(self, key):  # noqa: ARG002
        return False


class Lab:
    """A lab that answers when it is told to."""

    def __init__(self, app, monkeypatch):
        self.asked, self.may_answer, self.rested, self.error = [], asyncio.Event(), 0, None
        monkeypatch.setattr(app.lab, "ask", self.ask)
        monkeypatch.setattr(app.lab, "rest", self.rest)

    async def ask(self, question):
        self.asked.append(question["figure"])
        await self.may_answer.wait()
        if self.error:
            raise self.error
        return {"n": len(self.asked)}

    async def rest(self):
        self.rested += 1


@pytest.fixture
def app(tmp_path, monkeypatch) -> TutorApp:
    monkeypatch.setenv("LANG", "C.UTF-8")
    return TutorApp(init_workspace(tmp_path / "phase3").workspace)


@pytest.fixture
def lab(app, monkeypatch) -> Lab:
    return Lab(app, monkeypatch)


def a_lesson(name: str) -> LessonScreen:
    return LessonScreen(f"cnn/{name}", name, ["<!-- figure -->"], Counted(name))


def shown(app: TutorApp) -> str:
    return "\n".join(words(app))


async def test_a_lesson_that_is_opened_while_another_one_waits_gets_its_own_numbers(app, lab):
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(a_lesson("first"))
        await settle(pilot, lambda: lab.asked == ["first"])
        await pilot.press("escape")
        await app.push_screen(a_lesson("second"))
        await pilot.press("f")
        await settle(pilot, lambda: lab.asked == ["first", "second"])
        assert "computing" in shown(app)
        lab.may_answer.set()
        await settle(pilot, lambda: "second knows 2" in shown(app))
        assert "second knows 2" in shown(app)


async def test_an_error_of_the_lab_stands_in_the_figures_place_with_the_next_step(app, lab):
    lab.error = Refusal("The net does not fit.", "the lab", "choose a smaller depth")
    lab.may_answer.set()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(a_lesson("first"))
        await pilot.press("f")
        await settle(pilot, lambda: "does not fit" in shown(app))
        assert "The net does not fit. Next: choose a smaller depth" in shown(app)


async def test_a_lab_that_nobody_asks_any_more_rests(app, lab, monkeypatch):
    monkeypatch.setattr(tutor.lab_app, "REST_AFTER_S", 0.05)
    lab.may_answer.set()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(a_lesson("first"))
        await settle(pilot, lambda: lab.rested)
        assert lab.rested == 1
