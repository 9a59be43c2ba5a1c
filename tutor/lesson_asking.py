"""What a lesson asks: its variants, what was answered, and the numbers of its figure where nobody plays with it."""

import asyncio

from lessons.catalog import Lesson, curriculum
from lessons.questions.bank import questions_asked, questions_of
from lessons.questions.grading import Variant
from progress.evidence import EvidenceStore
from progress.record_errors import RecordError
from tutor.answering import last_answer, next_seed
from tutor.drawing.charset import Charset
from tutor.drawing.course_map import LessonRow
from tutor.drawing.lesson_places import Asked
from tutor.drawing.rows import Row
from tutor.figures.figure import Figure, LabFigure, ToldFigure
from tutor.lab_client import LabClient
from tutor.workspace import Workspace


def asked_of(lesson: Lesson, workspace: Workspace | None) -> Asked:
    """The opening question with what was answered to it, and how many of the last ones are right now."""
    questions = questions_of(lesson)
    before, after = questions_asked(questions, "before"), questions_asked(questions, "after")
    answered = last_answer(workspace, before[0]) if workspace and before else None
    variant, given = answered or (before[0].variant(next_seed(workspace)) if before else None, None)
    return Asked(variant, given, len(after), _right(after, workspace))


def variants_of(lesson: Lesson, workspace: Workspace | None) -> tuple[Variant, ...]:
    """Every question of the lesson with one set of numbers."""
    seed = next_seed(workspace)
    return tuple(question.variant(seed) for question in questions_of(lesson))


def lesson_rows(workspace: Workspace | None) -> tuple[LessonRow, ...]:
    """Every lesson as the map shows it."""
    rows = []
    for lesson in curriculum().lessons:
        after = questions_asked(questions_of(lesson), "after")
        rows.append(LessonRow(lesson.id, lesson.title, lesson.leads_to, _right(after, workspace), len(after)))
    return tuple(rows)


def settle_figure(figure: Figure) -> None:
    """Have a figure's first numbers computed by a lab of its own."""
    if isinstance(figure, LabFigure):
        asyncio.run(_settle(figure))


def figure_rows(figure: Figure, width: int, charset: Charset) -> list[Row]:
    """A figure in plain text: as it begins, and where it can tell them its steps."""
    return figure.draw_in_full(width, charset) if isinstance(figure, ToldFigure) else figure.draw(width, charset)


async def _settle(figure: LabFigure) -> None:
    lab = LabClient()
    try:
        while question := figure.question:
            figure.answered(await lab.ask(question))
    finally:
        await lab.close()


def _right(questions: tuple, workspace: Workspace | None) -> int:
    if workspace is None:
        return 0
    try:
        answers = EvidenceStore(workspace.record_folder).answers()
    except RecordError:
        return 0
    return sum(question.id in answers and answers[question.id].last.is_right for question in questions)
