"""A solution as rows: the equation, the code that says the same, and why it is right."""

from lessons.catalog import Exercise
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, wrap


def draw_solution(
    exercise: Exercise, source: str, given_up_at: str, width: int, charset: Charset = UNICODE
) -> list[Row]:
    """Code keeps its own lines, however wide they are: it is there to be read beside the equation and to be copied."""
    rows: list[Row] = [[(f"{exercise.id}  {exercise.title}", STRONG)]]
    rows += [[(line, ACCENT)] for line in _lines(exercise.equation, charset)]
    rows += [*wrap(charset.translate(exercise.citation), width, FAINT), []]
    rows += [[(line, "")] for line in _lines(source, charset)]
    rows += [[], *draw_page(exercise.after, width, charset)]
    if given_up_at:
        words = f"Given up on {given_up_at[:10]}: the record says that the solution was shown before it had passed."
        rows += [[], *wrap(words, width, WARN)]
    return rows


def _lines(text: str, charset: Charset) -> list[str]:
    return charset.translate(text.strip("\n")).split("\n")
