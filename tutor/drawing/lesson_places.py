"""What stands in the places of a lesson: its opening question, the answer to it, the questions at the end."""

from dataclasses import dataclass

from lessons.questions.grading import Given, Variant
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.question import draw_comparison, draw_explanation, draw_question, draw_question_text
from tutor.drawing.rows import FAINT, GOOD, Row, wrap


@dataclass(frozen=True)
class Asked:
    """The questions of a lesson, and how far they have been answered."""

    before: Variant | None = None
    given: Given | None = None  # the answer to the one before
    after: int = 0  # how many there are at the end
    right: int = 0  # and how many of them were answered rightly last

    @property
    def all_right(self) -> bool:
        return self.right >= self.after


def draw_places(asked: Asked, width: int, charset: Charset = UNICODE) -> dict[str, list[Row]]:
    """The rows of each place, by its name."""
    return {
        "question": _question(asked, width, charset),
        "answer": _answer(asked, width, charset),
        "questions": _questions(asked, width, charset),
    }


def _question(asked: Asked, width: int, charset: Charset) -> list[Row]:
    if asked.before is None:
        return []
    rows = draw_question(asked.before, width, charset)
    if asked.given is None:
        return rows
    return [*rows, [], *wrap("You have answered; the lesson comes back to it.", width, FAINT)]


def _answer(asked: Asked, width: int, charset: Charset) -> list[Row]:
    if asked.before is None:
        return []
    asked_for = draw_question_text(asked.before, width, charset)
    if asked.given is None:
        return [*asked_for, [], *draw_explanation(asked.before, width, charset)]
    return [*asked_for, [], *draw_comparison(asked.before, asked.given, width, charset)]


def _questions(asked: Asked, width: int, charset: Charset) -> list[Row]:
    if not asked.after:
        return []
    if asked.all_right:
        return wrap(charset.translate(f"{charset.passed} All {asked.after} questions answered rightly."), width, GOOD)
    return wrap(f"{asked.right} of {asked.after} questions are answered rightly.", width)
