"""Where the learner stands, for a shell: the map, the next step, and what the criteria still ask for."""

import time
from typing import TYPE_CHECKING

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.course_map import draw_map, draw_map_heading, draw_next_step
from tutor.drawing.criteria import draw_criterion, draw_missing, draw_phase4
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, WARN, Row, wrap

if TYPE_CHECKING:
    from tutor.standing import Standing


def draw_standing(standing: "Standing", width: int, charset: Charset = UNICODE) -> list[Row]:
    """One page: heading, next step with its command, the map, and each criterion in a line or two."""
    rows = [
        draw_map_heading(standing, width, charset),
        draw_next_step(standing, width, charset),
        [("      ", ""), (standing.next.command, ACCENT)],
        [],
        *(row for row, _ in draw_map(standing, [], width, time.time(), charset)),
        [],
    ]
    for criterion in standing.criteria:
        rows += draw_criterion(criterion, width, charset)
    rows += draw_phase4(standing.phase4, standing.criteria, width)
    for notice in standing.notices:
        rows += wrap(printable_line(notice), width, WARN)
    return rows


def draw_criteria(standing: "Standing", width: int, charset: Charset = UNICODE) -> list[Row]:
    """Every criterion with everything that it still asks for."""
    rows: list[Row] = []
    for criterion in standing.criteria:
        rows += [[], *draw_criterion(criterion, width, charset), *draw_missing(criterion, width, charset)]
    return [*rows, [], *draw_phase4(standing.phase4, standing.criteria, width)]
