"""The paper-match card as rows: what the paper did, what this run did, and the verdict."""

from models.paper_match import PaperMatch
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import percent
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, STRONG, WARN, Row, fit, wrap

_NAME, _PAPER = 18, 27
_STYLES = {"matched": GOOD, "not matched": BAD, "not comparable": WARN, "not finished": FAINT}


def draw_paper_card(card: PaperMatch, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The lines, those that differ marked; the accuracy with its interval; the verdict and why."""
    rows: list[Row] = [
        [(f"  {card.net:<{_NAME}}", STRONG), (f"{'He et al. 2015':<{_PAPER}}", FAINT), ("this run", FAINT)]
    ]
    for line in card.lines:
        mark = (" ", "") if line.same else (charset.warning, WARN)
        yours = (printable_line(line.yours), "" if line.same else ACCENT)
        rows.append([mark, (f" {line.name:<{_NAME}}", FAINT), (f"{line.paper:<{_PAPER}}", ""), yours])
    rows.append([("  ", ""), (f"{'test accuracy':<{_NAME}}", STRONG), *_accuracy(card)])
    rows += [[], [(f"{card.verdict.capitalize()}: ", f"{STRONG} {_STYLES[card.verdict]}"), (f"{card.because}.", "")]]
    rows = [*rows[:-1], *_wrapped(rows[-1], width)]
    rows += wrap(_looks(card), width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _accuracy(card: PaperMatch) -> Row:
    paper = f"{card.paper_accuracy * 100:.2f} %" if card.paper_accuracy else "-"
    row: Row = [(f"{paper:<{_PAPER}}", ""), (percent(card.accuracy), STRONG)]
    if card.interval:
        low, high = card.interval
        row.append((f"  (95 %: {low * 100:.1f} to {high * 100:.1f})", FAINT))
    return row


def _wrapped(row: Row, width: int) -> list[Row]:
    """The verdict's first word keeps its colour, what follows it is broken into rows."""
    (head, style), (text, _) = row
    first, *others = wrap(head + printable_line(text), width)
    return [[(head, style), (first[0][0][len(head) :], "")], *others]


def _looks(card: PaperMatch) -> str:
    times = "once" if card.looks == 1 else f"{card.looks} times"
    if not card.looks:
        return "The held-out images were not looked at yet."
    return (
        f"The held-out images were looked at {times}; they never picked the step: the accuracy is that of the last. "
        f"The interval comes from {card.test_images:,} images alone; another seed moves the accuracy too."
    )
