"""A page of a lesson as rows: its text, its steps folded or open, and what stands in its places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lessons.lesson_page import Part, Place, Step, Text
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.rows import ACCENT, STRONG, Row, wrap

_INDENT = 2


@dataclass(frozen=True)
class DrawnPage:
    """The rows, and where each step begins and ends in them."""

    rows: list[Row]
    steps: list[tuple[int, int]]  # first row and the row behind the last, step by step


def draw_lesson_page(
    parts: Sequence[Part], width: int, charset: Charset = UNICODE, *, open_steps: int, places: Mapping[str, list[Row]]
) -> DrawnPage:
    """The first `open_steps` steps are open; a place shows the rows that are given for it, or nothing."""
    rows: list[Row] = []
    steps: list[tuple[int, int]] = []
    for part in parts:
        match part:
            case Text(markdown):
                drawn = draw_page(markdown, width, charset)
            case Step():
                drawn = _draw_step(part, len(steps) < open_steps, width, charset)
                steps.append((len(rows), len(rows) + len(drawn)))
            case Place(name):
                drawn = places.get(name, [])
        if drawn:
            rows += [*drawn, []]
    return DrawnPage(rows[:-1], steps)


def steps_in(parts: Sequence[Part]) -> int:
    """How many steps there are to unfold."""
    return sum(isinstance(part, Step) for part in parts)


def _draw_step(step: Step, is_open: bool, width: int, charset: Charset) -> list[Row]:
    mark = "- " if is_open else "+ "
    (first, *others) = wrap(charset.translate(step.summary), width, STRONG, " " * len(mark), mark)
    text = first[0][0]
    summary: list[Row] = [[(mark, f"{STRONG} {ACCENT}"), (text[len(mark) :], STRONG)], *others]
    if not is_open:
        return summary
    inside = draw_page(step.markdown, width - _INDENT, charset)
    return [*summary, *([(" " * _INDENT, ""), *row] if row else [] for row in inside)]
