"""The paper-match card as rows: what the paper did, what this run did, and the verdict."""

from models.paper_match import Line, PaperMatch
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import percent
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, STRONG, WARN, Row, beside, cells, fit, wrap

_NAME, _PAPER = 18, 27
_STYLES = {"matched": GOOD, "not matched": BAD, "not comparable": WARN, "not finished": FAINT}


def draw_paper_card(card: PaperMatch, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The lines, those that differ marked; the accuracy with its interval; the verdict and why."""
    paper = min(_PAPER, (width - _NAME - 2) // 2)  # cells of the paper's column
    rows: list[Row] = [
        [(f"  {card.net:<{_NAME}}", STRONG), (f"{'He et al. 2015':<{paper}}", FAINT), ("this run", FAINT)]
    ]
    for line in card.lines:
        rows += _line(line, paper, width, charset)
    rows += _accuracy(card, paper, width)
    rows += [[], [(f"{card.verdict.capitalize()}: ", f"{STRONG} {_STYLES[card.verdict]}"), (f"{card.because}.", "")]]
    rows = [*rows[:-1], *_wrapped(rows[-1], width)]
    rows += wrap(_looks(card), width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _line(line: Line, paper: int, width: int, charset: Charset) -> list[Row]:
    """One line of the comparison; where a column is too narrow for its words they go on below."""
    mark = (" ", "") if line.same else (charset.warning, WARN)
    name: Row = [mark, (f" {line.name:<{_NAME}}", FAINT)]
    theirs = [fit(row, paper) for row in wrap(line.paper, paper - 1)]
    yours = wrap(printable_line(line.yours), max(width - cells(name) - paper, 1), "" if line.same else ACCENT)
    return beside(beside([name], theirs, 0), yours, 0)


def _accuracy(card: PaperMatch, paper: int, width: int) -> list[Row]:
    """Both accuracies; the interval of this run's behind it, or below where it is narrow."""
    theirs = f"{card.paper_accuracy * 100:.2f} %" if card.paper_accuracy else "-"
    row: Row = [("  ", ""), (f"{'test accuracy':<{_NAME}}", STRONG), (f"{theirs:<{paper}}", "")]
    place = cells(row)
    row.append((percent(card.accuracy), STRONG))
    if not card.interval:
        return [row]
    low, high = card.interval
    interval = (f"(95 %: {low * 100:.1f} to {high * 100:.1f})", FAINT)
    on_one: Row = [*row, ("  ", ""), interval]
    return [on_one] if cells(on_one) <= width else [row, [(" " * min(place, width - len(interval[0])), ""), interval]]


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
