"""A lesson in plain text: every page, and the figure as it stands at its first step."""

from lessons.catalog import Lesson
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.rows import FAINT, STRONG, Row

FIGURE = "<!-- figure -->"


def draw_lesson(lesson: Lesson, figure: list[Row], width: int, charset: Charset = UNICODE) -> list[Row]:
    """Pages one below the other; `figure` stands where the lesson asks for it."""
    rows: list[Row] = []
    for number, page in enumerate(lesson.pages, 1):
        head = [(f"{lesson.title}  ", STRONG), (f"{number} of {len(lesson.pages)}", FAINT)]
        before, mark, after = page.partition(FIGURE)
        rows += [head, [], *draw_page(before, width, charset), []]
        if mark:
            rows += [*figure, [], *draw_page(after, width, charset), []]
    return rows
