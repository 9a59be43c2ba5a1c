import pytest

from lessons.catalog import exercises_by_id
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.exercise_page import Known, draw_introduction, draw_task
from tutor.drawing.rows import cells, plain

FULL = "One sentence that goes on and on, so far that its author had no room left for the word that follows it in"
SETS = "    y = x + 1      z = 2\n    u = y"
STUB = f"class Part:\n\n{FULL}\nthe next line.\nShapes: x (B, C)\nSymbols: s stride\n\n{SETS}"


def text(width: int) -> list[str]:
    rows = draw_introduction(exercises_by_id()["cnn/conv2d"], Known(stub=STUB), width, UNICODE)
    return [row.rstrip() for row in plain(rows)]


def test_lines_that_were_full_are_joined_and_broken_where_the_page_ends():
    rows = text(76)
    assert rows[2].startswith("One sentence")
    assert rows[3].endswith("the next line.")


def test_what_begins_further_left_is_an_item_of_its_own():
    stub = f'"A" {FULL}\n    the next line, {FULL[20:]}\n"B" another'
    rows = draw_introduction(exercises_by_id()["cnn/conv2d"], Known(stub=stub), 76, UNICODE)
    assert plain(rows)[-1].startswith('"B" another')


def test_short_lines_and_equations_stay_as_they_are_set():
    assert text(76)[4:] == ["Shapes: x (B, C)", "Symbols: s stride", "", *SETS.split("\n")]


def test_a_new_heading_begins_a_line_of_its_own_even_behind_a_full_one():
    rows = draw_introduction(exercises_by_id()["cnn/conv2d"], Known(stub=f"{FULL}\nState: weight"), 76, UNICODE)
    assert plain(rows)[-1].startswith("State: weight")


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("width", [76, 57])
def test_the_task_of_every_exercise_fits_its_page(width, charset):
    for exercise in exercises_by_id().values():
        rows = draw_task(exercise, "/home/learner/phase3/cnn/conv.py", width, charset)
        assert max(map(cells, rows)) <= width
        assert charset.unicode or "\n".join(plain(rows)).isascii()
