import pytest

from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.figures import KernelWalkFigure, figure_of
from tutor.screens.lesson import LessonScreen

PAGES = (
    "# Convolution\n\nThe kernel `w` is laid on the image.\n\n<!-- figure -->",
    "## Second\n\n" + "\n\n".join(f"paragraph {n}" for n in range(40)),
    "## Last\n\nThat is all.",
)


def a_lesson(charset=UNICODE) -> LessonScreen:
    return LessonScreen("Convolution", PAGES, KernelWalkFigure(), "cnn/conv2d", charset)


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
    async with Harness(LessonScreen("Plain", ["text"])).run_test(size=(80, 24)) as pilot:
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


def test_figures_are_found_by_name():
    assert isinstance(figure_of("kernel_walk"), KernelWalkFigure)
    assert figure_of(None) is None
