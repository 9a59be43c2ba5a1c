"""Rows of styled text: what every drawing returns, and what a screen, a shell and a test can all show."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.text import Text

Span = tuple[str, str]  # text and a Rich style, "" for the terminal's own
Row = list[Span]

GOOD = "green"
BAD = "red"
WARN = "yellow"
FAINT = "dim"
ACCENT = "cyan"
STRONG = "bold"
TITLE = "bold cyan"
SERIES = ("cyan", "yellow", "magenta", "green")


def plain(rows: Iterable[Row]) -> list[str]:
    """The rows as strings, colours dropped and empty ends cut: for a pipe, a file, a test."""
    return ["".join(text for text, _ in row).rstrip() for row in rows]


def as_text(rows: Iterable[Row]) -> Text:
    """The rows as one Rich text; nothing in it is read as markup."""
    text = Text("\n", no_wrap=True, end="").join(Text.assemble(*row) for row in rows)
    text.no_wrap = True
    return text


def cells(row: Row) -> int:
    """How many terminal cells a row takes."""
    return sum(cell_len(text) for text, _ in row)


def fit(row: Row, width: int, mark: str = "…") -> Row:
    """The row in exactly `width` cells: filled with spaces, or cut and marked as cut."""
    missing = width - cells(row)
    if missing >= 0:
        return [*row, (" " * missing, "")] if missing else list(row)
    kept, room = [], max(width - cell_len(mark), 0)
    for text, style in row:
        size = cell_len(text)
        if size > room:
            kept.append((set_cell_size(text, room), style))
            break
        kept.append((text, style))
        room -= size
    return [*kept, (mark[:width], FAINT)]


def spread(left: Row, right: Row, width: int, mark: str = "…") -> Row:
    """One row with something at each end; the left end gives way where both do not fit."""
    room = max(width - cells(right) - 1, 0)
    return fit([*fit(left, room, mark), (" ", ""), *right], width, mark)


def wrap(text: str, width: int, style: str = "", indent: str = "", first: str | None = None) -> list[Row]:
    """A paragraph broken at spaces, every row after `indent` (the first after `first`)."""
    width = max(width, 8)
    rows, line = [], indent if first is None else first
    lead = cell_len(line)
    used = lead
    for word in _words(text, max(width - cell_len(indent), 4)):
        if used > lead and used + 1 + cell_len(word) > width:
            rows.append([(line, style)])
            line, lead = indent, cell_len(indent)
            used = lead
        line += word if used == lead else " " + word
        used = cell_len(line)
    return [*rows, [(line, style)]]


def headed(head: str, tail: str, width: int) -> list[Row]:
    """A heading with what goes on behind it; what does not fit there goes into a row of its own."""
    row: Row = [(head, STRONG), (tail, FAINT)]
    return [row] if cells(row) <= width else [[(head, STRONG)], *wrap(tail.lstrip("; "), width, FAINT)]


def paragraphs(text: str, width: int, style: str = "") -> list[Row]:
    """Lines wrapped one by one: breaks are kept (a traceback, a list), and a line's indent on all its rows."""
    rows: list[Row] = []
    for line in text.split("\n"):
        indent = " " * min(len(line) - len(line.lstrip()), width // 2)
        rows += wrap(line, width, style, indent) if line.strip() else [[]]
    return rows


def merge(row: Sequence[Span]) -> Row:
    """The same row with equal neighbours joined, so that fewer escape sequences are sent."""
    merged: Row = []
    for text, style in row:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        elif text:
            merged.append((text, style))
    return merged


def beside(left: Sequence[Row], right: Sequence[Row], gap: int = 3) -> list[Row]:
    """Two pictures next to each other, the left one filled to its widest row."""
    width = max((cells(row) for row in left), default=0)
    height = max(len(left), len(right))
    padded = [*left, *([[]] * (height - len(left)))]
    others = [*right, *([[]] * (height - len(right)))]
    return [[*fit(a, width), (" " * gap, ""), *b] for a, b in zip(padded, others, strict=True)]


def _words(text: str, width: int) -> list[str]:
    """The words of a text; one that is wider than a row is broken, never cut."""
    return [part for word in text.split() for part in (chop_cells(word, width) if cell_len(word) > width else [word])]
