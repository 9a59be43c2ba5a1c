"""What each page of the unit's lessons must keep to, so that it can be read on 80 columns."""

import pytest

from lessons.catalog import curriculum
from tutor.drawing.page import draw_page
from tutor.drawing.rows import plain

PAGES = [
    pytest.param(page, id=f"{lesson.id}-{number}")
    for lesson in curriculum().lessons
    if "<!-- questions -->" in lesson.pages[-1]
    for number, page in enumerate(lesson.pages, 1)
]


@pytest.mark.parametrize("page", PAGES)
def test_no_row_of_a_page_is_cut_at_76_columns(page):
    lines = [line for line in page.splitlines() if not line.startswith(("<details>", "</details>"))]
    assert not [row for row in plain(draw_page("\n".join(lines), 76)) if row.endswith("…")]
