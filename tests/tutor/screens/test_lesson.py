from typing import Any

import pytest

from lessons.questions.numeric import NumericQuestion
from lessons.questions.variables import Drawn
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE, Charset
from tutor.drawing.lesson_places import Asked
from tutor.drawing.rows import Row
from tutor.figures.kernel_walk import KernelWalkFigure
from tutor.figures.pooling import PoolingFigure
from tutor.figures.registry import figure_names, figure_of
from tutor.screens.lesson import LessonScreen
from tutor.widgets.figure_picture import FigurePicture

PAGES = (
    "# Convolution\n\nThe kernel `w` is laid on the image.\n\n<!-- figure -->",
    "## Second\n\n" + "\n\n".join(f"paragraph {n}" for n in range(40)),
    "## Last\n\nThat is all.",
)


def a_lesson(charset=UNICODE) -> LessonScreen:
    return LessonScreen("cnn/convolution", "Convolution", PAGES, KernelWalkFigure(), "cnn/conv2d", charset=charset)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_a_page_is_shown_with_its_number_and_the_way_to_the_figure(size, charset):
    async with Harness(a_lesson(charset)).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "page 1 of 3" in text
        assert "The kernel w is laid on the image." in text
        assert "f opens the figure" in text
        assert text.count("Convolution") == 1
        assert charset.unicode or text.isascii()


async def test_pages_are_turned_and_stop_at_both_ends():
    async with Harness(a_lesson()).run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "n", "n", "n")
        await pilot.pause()
        assert "page 3 of 3" in words(pilot.app)[0]
        await pilot.press("p")
        await pilot.pause()
        assert "Second" in "\n".join(words(pilot.app))


async def test_a_page_longer_than_the_screen_scrolls_and_the_next_begins_at_its_top():
    async with Harness(a_lesson()).run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "j", "j")
        await pilot.pause()
        assert words(pilot.app)[2].startswith(" paragraph 0 ")
        await pilot.press("n")
        await pilot.pause()
        assert words(pilot.app)[2].strip() == "Last"


async def test_f_swaps_text_and_figure_and_its_keys_step_the_kernel():
    screen = a_lesson()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "output[0, 0] =" in text
        assert "The kernel w is laid" not in text
        await pilot.press("right", "down", "x")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "output[1, 1] =" in text
        assert "kernel, flipped" in text
        await pilot.press("f")
        await pilot.pause()
        assert "The kernel w is laid" in "\n".join(words(pilot.app))


async def test_escape_goes_from_the_figure_to_the_text_and_then_out_of_the_lesson():
    app = Harness(a_lesson())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "escape")
        await pilot.pause()
        assert "The kernel w is laid" in "\n".join(words(app))
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, LessonScreen)


async def test_on_a_small_terminal_no_key_of_a_figure_is_cut_and_help_names_them_all():
    screen = LessonScreen("cnn/pooling", "Pooling", PAGES, PoolingFigure())
    async with Harness(screen).run_test(size=(60, 16)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert words(pilot.app)[14].strip() == "arrows step  x max/mean  r way back  w window"
    assert "m move the map, home again." in screen.about


async def test_on_a_wide_terminal_text_and_figure_stand_side_by_side():
    async with Harness(a_lesson()).run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "The kernel w is laid on the image." in text
        assert "output[0, 0] =" in text


async def test_at_the_end_enter_goes_on_to_the_exercise_and_not_before():
    app = Harness(a_lesson())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "n", "n", "enter")
        await pilot.pause()
    assert [message.exercise_id for message in app.told(LessonScreen.ExerciseWanted)] == ["cnn/conv2d"]


async def test_a_lesson_without_a_figure_has_no_key_for_one():
    async with Harness(LessonScreen("cnn/plain", "Plain", ["text"])).run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "enter")
        await pilot.pause()
        assert "f figure" not in words(pilot.app)[23]
        assert "text" in words(pilot.app)[2]


def test_the_kernel_goes_on_at_the_end_of_a_row_and_round_at_the_end():
    figure = KernelWalkFigure()
    columns = len(figure.state.output_so_far[0])
    for _ in range(columns):
        assert figure.press("right")
    assert (figure.state.row, figure.state.column) == (1, 0)
    figure.press("home")
    figure.press("left")
    assert (figure.state.row, figure.state.column) == (len(figure.state.output_so_far) - 1, columns - 1)
    assert not figure.press("q")


@pytest.mark.parametrize("name", figure_names())
def test_every_figure_is_found_by_its_name_and_keeps_the_keys_of_the_lesson_free(name):
    figure = figure_of(name)
    assert figure is not None
    assert len(figure.keys) <= 76
    for key in ("n", "p", "space", "f", "q", "question_mark", "escape", "enter", "o", "O", "g"):
        assert not figure.press(key), key
    assert figure_of(None) is None


DERIVED = (
    "# Steps\n\n<!-- question -->\n\nRead on.",
    "## How it goes\n\n"
    + "\n".join(f"<details><summary>Step {n}: why?</summary>\n\n    line {n}\n\n</details>" for n in (1, 2, 3)),
    "## What was asked\n\n<!-- answer -->",
    "## At the end\n\n<!-- questions -->",
)


def derived(asked=None, charset=UNICODE) -> LessonScreen:
    return LessonScreen("cnn/steps", "Steps", DERIVED, None, "cnn/conv2d", asked, charset)


def a_question(text="How many of {k}?", when="before"):
    return NumericQuestion("cnn/steps/many", when, text, "k", "It is {answer}.", variables={"k": Drawn((2, 4))})


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_o_unfolds_one_step_after_the_other_and_then_folds_them(charset):
    app = Harness(derived(charset=charset))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "+ Step 1: why?" in "\n".join(words(app))
        assert "line 1" not in "\n".join(words(app))
        await pilot.press("o")
        await pilot.pause()
        text = "\n".join(words(app))
        assert ("- Step 1: why?" in text, "line 1" in text, "line 2" in text) == (True, True, False)
        await pilot.press("o", "o")
        await pilot.pause()
        assert "line 3" in "\n".join(words(app))
        await pilot.press("p", "n")
        await pilot.pause()
        assert "line 3" in "\n".join(words(app)), "a page stays as it was left"
        await pilot.press("o")
        await pilot.pause()
        assert "line" not in "\n".join(words(app))
        await pilot.press("O")
        await pilot.pause()
        assert "line 3" in "\n".join(words(app))


async def test_a_step_that_opens_below_the_window_is_brought_into_it():
    rows = {n: "\n".join(f"    row {n}.{i}" for i in range(12)) for n in (1, 2, 3)}
    long = "\n".join(f"<details><summary>Step {n}</summary>\n\n{rows[n]}\n\n</details>" for n in rows)
    app = Harness(LessonScreen("cnn/long", "Long", [long]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o", "o", "o")
        await pilot.pause()
        assert "row 3.11" in "\n".join(words(app))


async def test_a_step_that_opens_above_the_window_is_brought_into_it():
    page = "\n".join(
        ["<details><summary>Step 1</summary>", "inside", "</details>", *(f"    row {n}" for n in range(60))]
    )
    app = Harness(LessonScreen("cnn/long", "Long", [page]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "o")
        await pilot.pause()
        assert "inside" in "\n".join(words(app))


async def test_a_figure_taller_than_the_window_scrolls_in_place_of_the_text():
    app = Harness(a_lesson())
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("f", "space")
        await pilot.pause()
        assert "cross-correlation, what" in "\n".join(words(app))
        await pilot.press("pageup")
        await pilot.pause()
        assert "image" in words(app)[2]


async def test_the_opening_question_is_asked_once_and_met_again_where_it_is_answered():
    variant = a_question().variant(0)
    screen = derived(Asked(before=variant, after=3))
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert f"How many of {variant.answer}?" in "\n".join(words(app))
        screen.show_asked(Asked(before=variant, given="7", after=3))
        await pilot.press("enter")
        await pilot.pause()
        assert "the lesson comes back to it" in "\n".join(words(app))
        await pilot.press("n", "n")
        await pilot.pause()
        text = "\n".join(words(app))
        assert "You said: 7" in text
        assert f"It is: {variant.answer}" in text
    assert [(m.lesson_id, m.when) for m in app.told(LessonScreen.QuestionsWanted)] == [("cnn/steps", "before")]


async def test_at_the_end_enter_starts_the_questions_and_once_they_are_right_the_exercise():
    screen = derived(Asked(after=3, right=1))
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "n", "n")
        await pilot.pause()
        assert "1 of 3 questions are answered rightly" in " ".join("\n".join(words(app)).split())
        await pilot.press("enter")
        screen.show_asked(Asked(after=3, right=3))
        await pilot.pause()
        assert "All 3 questions answered rightly." in "\n".join(words(app))
        await pilot.press("enter")
        await pilot.pause()
    assert [message.when for message in app.told(LessonScreen.QuestionsWanted)] == ["after"]
    assert [message.exercise_id for message in app.told(LessonScreen.ExerciseWanted)] == ["cnn/conv2d"]


class Counted:
    """A figure that the lab computes: it asks again after each key."""

    keys = "plus asks for more"

    def __init__(self) -> None:
        self.wanted, self.known = 1, 0

    @property
    def question(self) -> dict[str, Any] | None:
        return {"ask": "figure", "figure": "counted", "n": self.wanted} if self.wanted != self.known else None

    def answered(self, answer: dict[str, Any]) -> None:
        self.known = answer["n"]

    def draw(self, width: int, charset: Charset) -> list[Row]:
        assert width > 0
        assert charset.pointer
        return [[(f"known: {self.known}" if self.known else "computing", "")]]

    def press(self, key: str) -> bool:
        self.wanted += key == "plus"
        return key == "plus"


def wanted_of(screen: LessonScreen) -> dict[str, Any]:
    assert screen.wanted is not None
    return screen.wanted


async def test_a_figure_of_the_lab_asks_after_the_first_paint_and_drops_answers_that_come_late():
    screen = LessonScreen("cnn/counted", "Counted", ["<!-- figure -->"], Counted())
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert "computing" in words(app)[2]
        first = wanted_of(screen)
        assert len(app.told(LessonScreen.NumbersWanted)) == 1
        await pilot.press("plus")
        screen.take_numbers(first, {"n": 1})
        await pilot.pause()
        assert "computing" in words(app)[2], "that was the answer to an older question"
        screen.take_numbers(wanted_of(screen), {"n": 2})
        await pilot.pause()
        assert "known: 2" in words(app)[2]
        assert screen.wanted is None
        screen.show_refusal("The lab process ended. Next: try again")
        await pilot.pause()
        assert "The lab process ended." in words(app)[2]


class Played:
    """A figure that plays three steps."""

    keys = "s play"

    def __init__(self) -> None:
        self.is_playing, self.step = False, 0

    def draw(self, width: int, charset: Charset) -> list[Row]:
        return [[(charset.translate(f"step {self.step}"[:width]), "")]]

    def press(self, key: str) -> bool:
        self.is_playing = self.is_playing or key == "s"
        return key == "s"

    def tick(self) -> bool:
        self.step += 1
        self.is_playing = self.step < 3
        return self.is_playing

    def stop(self) -> None:
        self.is_playing = False


async def test_a_figure_that_plays_is_moved_on_by_a_timer_until_its_end(monkeypatch):
    monkeypatch.setattr("tutor.widgets.figure_picture.TICK_S", 0.01)
    figure = Played()
    screen = LessonScreen("rnn/gates", "Gates", PAGES, figure)
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause(0.05)
        assert (figure.step, screen.query_one(FigurePicture)._ticking) == (0, None)
        await pilot.press("s")
        await pilot.pause(0.3)
        assert "step 3" in "\n".join(words(pilot.app))
        assert screen.query_one(FigurePicture)._ticking is None


async def test_a_figure_that_is_closed_plays_no_further():
    figure = Played()
    screen = LessonScreen("rnn/gates", "Gates", PAGES, figure)
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "s")
        assert figure.is_playing
        assert screen.query_one(FigurePicture)._ticking is not None
        await pilot.press("f")
        assert not figure.is_playing
        assert screen.query_one(FigurePicture)._ticking is None
        await pilot.press("f", "s")
        await pilot.app.push_screen(LessonScreen("cnn/plain", "Plain", ["text"]))
        await pilot.pause()
        assert not figure.is_playing


async def test_a_refusal_goes_when_a_key_leads_to_what_is_known():
    screen = LessonScreen("rnn/gates", "Gates", PAGES, Played())
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        screen.show_refusal("The run has no checkpoint.")
        await pilot.pause()
        assert "no checkpoint" in "\n".join(words(pilot.app))
        await pilot.press("s")
        await pilot.pause()
        assert "step" in "\n".join(words(pilot.app))
