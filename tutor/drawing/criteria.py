"""The completion criteria: which are met, why, and what the highlighted one still misses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, GOOD, STRONG, WARN, Row, fit, spread, wrap

if TYPE_CHECKING:
    from progress.criteria import Criterion, Phase4


def draw_criterion_line(criterion: "Criterion", width: int, charset: Charset = UNICODE) -> Row:
    """Mark, title and word in one row."""
    mark, style = (charset.passed, GOOD) if criterion.met else (charset.open, "")
    right: Row = [("met", GOOD) if criterion.met else ("not yet", FAINT)]
    return spread([(f"{mark} ", style), (printable_line(criterion.title), STRONG)], right, width, charset.cut)


def draw_criterion(criterion: "Criterion", width: int, charset: Charset = UNICODE) -> list[Row]:
    """Mark and title, and under them the reason."""
    mark, style = (charset.passed, GOOD) if criterion.met else (charset.open, "")
    word = "met" if criterion.met else "not yet"
    rows = wrap(criterion.title, width - 10, STRONG, indent="  ", first="")
    head: Row = [(f"{mark} ", style), *rows[0]]
    room = max(width - 2 - sum(len(text) for text, _ in rows[0]) - len(word), 1)
    return [
        fit([*head, (" " * room, ""), (word, GOOD if criterion.met else FAINT)], width, charset.cut),
        *rows[1:],
        *wrap(printable_line(criterion.because), width, FAINT, indent="  "),
    ]


def draw_missing(criterion: "Criterion", width: int, charset: Charset = UNICODE) -> list[Row]:
    """Everything that this criterion still asks for, and what has changed since it was checked."""
    if criterion.met and not criterion.to_recheck:
        return wrap("Nothing is missing here.", width, GOOD)
    rows: list[Row] = []
    for text in criterion.missing:
        rows += wrap(printable_line(text), width, indent="  ", first=f"{charset.bullet} ")
    for text in criterion.to_recheck:
        rows += wrap(f"check again: {printable_line(text)}", width, WARN, "  ", f"{charset.stale} ")
    return [fit(row, width, charset.cut) for row in rows]


def draw_phase4(phase4: "Phase4", criteria: Sequence["Criterion"], width: int) -> list[Row]:
    """Whether the next phase is open."""
    if phase4.unlocked:
        return wrap("Every criterion is met: Phase 4, Architecture Adaptation, is open.", width, GOOD)
    met = sum(criterion.met for criterion in criteria)
    text = f"{met} of {len(criteria)} met. Phase 4, Architecture Adaptation, opens when all are met at once."
    return wrap(text, width, FAINT)
