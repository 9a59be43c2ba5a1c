"""An exercise in rows: its file and equation, and before a check what is to be written."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from lessons.catalog import Exercise
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.course_map import state_word
from tutor.drawing.printable import printable, printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, fit, paragraphs, wrap

_FULL = 100  # a docstring's line and the word after it are longer than this: there its author had no room left


@dataclass(frozen=True)
class Known:
    """What is known of an exercise before it is checked here."""

    state: str = ""  # its standing: "failed"
    last: str = ""  # about the last check: "flipped-kernel, 2 h ago"
    position: str = ""  # "3 of 11"
    has_lesson: bool = False
    stub: str = ""  # what the learner is given: signature and docstring


def draw_task(exercise: Exercise, file: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Where to write, and the equation."""
    head = fit([("file ", FAINT), (file, STRONG)], width, charset.cut)
    lines = charset.translate(exercise.equation).split("\n")
    return [head, *(row for line in lines for row in wrap(line, width, ACCENT, indent="    ", first=""))]


def draw_introduction(exercise: Exercise, known: Known, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Before the first check here: what the last one said, what it builds on, and what is to be written."""
    needs = f"It builds on {', '.join(exercise.needs)}." if exercise.needs else ""
    last = f"Last check: {state_word(known.state)}, {known.last}." if known.last else ""
    rows = [*wrap(printable_line(f"{last} {needs}"), width), []] if last or needs else []
    stub = "\n".join(_unwrapped(known.stub.split("\n")))
    for line in printable(charset.translate(stub)).split("\n"):
        rows += [[(line, FAINT)]] if cell_len(line) <= width else paragraphs(line, width, FAINT)
    return rows


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines that were broken only because they were full are joined again, to be broken where this page is."""
    joined: list[str] = []
    last = ""
    for line in lines:
        words = line.split()
        goes_on = bool(last.strip() and words) and _indent(line) >= _indent(last) and not words[0].endswith(":")
        if goes_on and len(last) + 1 + len(words[0]) > _FULL:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
        last = line
    return joined


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
