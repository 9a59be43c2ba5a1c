"""A solution as rows: the equation, the code that says the same, and why it is right."""

import textwrap

from lessons.catalog import Exercise
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, wrap


def draw_solution(
    exercise: Exercise, source: str, given_up_at: str, width: int, charset: Charset = UNICODE, folds: bool = False
) -> list[Row]:
    """Code keeps its own lines, so that it can be copied; `folds` wraps them where nothing scrolls sideways."""
    own_lines = _folded if folds else lambda line, _width: [line]
    rows = wrap(f"{exercise.id}  {exercise.title}", width, STRONG)
    for line in _lines(exercise.equation, charset):
        rows += [[(part, ACCENT)] for part in own_lines(line, width)]
    rows += [*wrap(charset.translate(exercise.citation), width, FAINT), []]
    for line in _lines(source, charset):
        rows += [[(part, "")] for part in own_lines(line, width)]
    rows += [[], *draw_page(exercise.after, width, charset)]
    if given_up_at:
        words = f"Given up on {given_up_at[:10]}: the record says that the solution was shown before it had passed."
        rows += [[], *wrap(words, width, WARN)]
    return rows


def _folded(line: str, width: int) -> list[str]:
    """The line in pieces; those that continue it stand deeper than its block would."""
    indent = line[: len(line) - len(line.lstrip())] + " " * 8
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _lines(text: str, charset: Charset) -> list[str]:
    return charset.translate(text.strip("\n")).split("\n")
