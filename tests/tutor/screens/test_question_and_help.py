import pytest

from tests.tutor.screens.harness import Harness, words
from tutor.screens.help import HelpScreen
from tutor.screens.question import QuestionScreen


@pytest.mark.parametrize(
    ("key", "answer"), [("y", True), ("enter", True), ("n", False), ("escape", False), ("q", False)]
)
async def test_a_question_is_answered_by_one_key(key, answer):
    answers = []
    async with Harness(QuestionScreen("Stop it?", "stop", "go on")).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(QuestionScreen("Stop it?", "stop", "go on"), answers.append)
        await pilot.press(key)
        await pilot.pause()
    assert answers == [answer]


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_long_question_has_its_keys_below_it(size):
    question = "Give up and see its solution? " + "It does not count until it is solved anew. " * 6
    screen = QuestionScreen(question, "give up", "go on trying")
    async with Harness(screen).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "y give up     n go on trying" in text
        assert text.count("solved") == 6


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_help_lists_the_keys_of_the_screen_and_those_of_everywhere(size):
    screen = HelpScreen("What this picture means.", [("o", "log scale"), ("s", "stop")])
    async with Harness(screen).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "What this picture means." in text
        assert "o             log scale" in text
        assert "ctrl+q" in text
        await pilot.press("question_mark")
        await pilot.pause()
        assert pilot.app.screen is not screen


async def test_help_is_no_wider_than_the_smallest_terminal():
    screen = HelpScreen("words " * 60, [("c", "check")])
    async with Harness(screen).run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert screen.query_one("#help").region.right <= 60
