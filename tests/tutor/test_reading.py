"""The pages of a lesson as they are read."""

from tutor.drawing.charset import UNICODE
from tutor.drawing.lesson_places import Asked
from tutor.reading import Reading

PAGES = (
    "# Lesson\n\nFirst.\n\n<!-- question -->",
    "Second.\n\n<details><summary>Step 1: one</summary>\n\nalpha\n\n</details>\n"
    "<details><summary>Step 2: two</summary>\n\nbeta\n\n</details>",
)


def text(reading: Reading) -> str:
    return "\n".join("".join(part for part, _ in row) for row in reading.draw(76, UNICODE, Asked()))


def test_the_title_that_stands_above_is_left_out_and_pages_stop_at_both_ends():
    reading = Reading("Lesson", PAGES)
    assert "First." in text(reading)
    assert "Lesson" not in text(reading)
    assert reading.is_first
    assert reading.has("question")
    assert not reading.turn(-1)
    assert reading.turn(5)
    assert reading.is_last
    assert not reading.has("question")
    assert not reading.turn(1)


def test_steps_are_unfolded_one_by_one_and_folded_after_the_last():
    reading = Reading("Lesson", PAGES)
    reading.turn(1)
    assert (reading.steps, reading.opened) == (2, 0)
    assert "alpha" not in text(reading)
    assert reading.unfold() == 0
    assert "alpha" in text(reading)
    assert "beta" not in text(reading)
    first, end = reading.rows_of_step(0)
    assert end - first == 2
    assert [reading.unfold(), reading.opened, reading.unfold(), reading.opened] == [1, 2, None, 0]


def test_a_page_keeps_its_unfolded_steps_when_another_is_opened():
    reading = Reading("Lesson", PAGES)
    reading.turn(1)
    reading.unfold_all()
    reading.turn(-1)
    assert reading.opened == 0
    reading.turn(1)
    assert reading.opened == 2
    reading.unfold_all()
    assert reading.opened == 0


def test_a_lesson_without_pages_has_an_empty_one():
    assert text(Reading("Lesson", [])) == ""
