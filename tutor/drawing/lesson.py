"""A lesson in plain text: every page, every step open, the figure as it begins, the questions as they are asked."""

from collections.abc import Sequence

from lessons.catalog import Lesson
from lessons.lesson_page import parts_of
from lessons.questions.grading import Variant
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.lesson_page import draw_lesson_page, steps_in
from tutor.drawing.question import draw_explanation, draw_question
from tutor.drawing.rows import FAINT, STRONG, Row, wrap


def draw_lesson(
    lesson: Lesson, figure: list[Row], questions: Sequence[Variant], width: int, charset: Charset = UNICODE
) -> list[Row]:
    """Pages one below the other; `figure` and the questions stand where the lesson asks for them."""
    places = {"figure": figure, **_questions(lesson, questions, width, charset)}
    rows: list[Row] = []
    for number, page in enumerate(lesson.pages, 1):
        parts = parts_of(page)
        drawn = draw_lesson_page(parts, width, charset, open_steps=steps_in(parts), places=places)
        head = [(f"{lesson.title}  ", STRONG), (f"{number} of {len(lesson.pages)}", FAINT)]
        rows += [head, [], *drawn.rows, []]
    return rows[:-1]


def _questions(lesson: Lesson, questions: Sequence[Variant], width: int, charset: Charset) -> dict[str, list[Row]]:
    before = [variant for variant in questions if variant.question.when == "before"]
    after = [variant for variant in questions if variant.question.when == "after"]
    asked: list[Row] = []
    for number, variant in enumerate(after, 1):
        asked += [[(f"Question {number}", STRONG)], *draw_question(variant, width, charset), []]
    how = f"Answer them: phase3-tutor quiz {lesson.id}, which asks with numbers of its own."
    return {
        "question": [row for variant in before for row in draw_question(variant, width, charset)],
        "answer": [row for variant in before for row in draw_explanation(variant, width, charset)],
        "questions": [*asked, *wrap(how, width, FAINT)] if after else [],
    }
