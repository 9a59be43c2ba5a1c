"""What each page of the unit's lessons must keep to, so that it can be read on 80 columns."""

import pytest

from lessons.catalog import curriculum
from lessons.lesson_page import parts_of
from tutor.drawing.lesson_page import draw_lesson_page, steps_in
from tutor.drawing.rows import plain

PAGES = [
    pytest.param(page, id=f"{lesson.id}-{number}")
    for lesson in curriculum().lessons
    for number, page in enumerate(lesson.pages, 1)
]


@pytest.mark.parametrize("page", PAGES)
def test_no_row_of_a_page_is_cut_at_76_columns_with_all_its_steps_open(page):
    parts = parts_of(page)
    drawn = draw_lesson_page(parts, 76, open_steps=steps_in(parts), places={})
    assert not [row for row in plain(drawn.rows) if row.endswith("…")]
