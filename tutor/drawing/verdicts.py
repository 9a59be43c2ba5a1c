"""Several verdicts one below the other, each under what it is about, and how many hold."""

from collections.abc import Sequence

from lessons.checking.verdict import Verdict
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import BAD, GOOD, STRONG, Row
from tutor.drawing.verdict_card import draw_verdict


def draw_verdicts(verdicts: Sequence[Verdict], width: int, charset: Charset = UNICODE) -> list[Row]:
    """One card a verdict; what comes after passing is told only where a single one was asked for."""
    rows: list[Row] = []
    for verdict in verdicts:
        rows += [
            [(verdict.id, STRONG)],
            *draw_verdict(verdict, width, charset, with_after=len(verdicts) == 1),
            [],
        ]
    hold = sum(verdict.done for verdict in verdicts)
    return [*rows, [(f"{hold} of {len(verdicts)} hold", GOOD if hold == len(verdicts) else BAD)]]
