"""The confusion matrix: a row for each class as it is, a column for each class as it is taken for."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import percent
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, GOOD, STRONG, Row, fit, wrap

_MOST_PAIRS = 5


def draw_confusion(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """The counts, how many of each class are found, and the pairs that are mixed up most."""
    names = [printable_line(name) for name in answer["class_names"]]
    counts: Sequence[Sequence[int]] = answer["counts"]
    label = min(max(map(len, names)), 12)
    cell = max(len(str(max(map(max, counts)))) + 1, 4)
    rows: list[Row] = [
        [(f"{'':<{label}} taken for", FAINT)],
        [(" " * label, ""), *((f"{name[: cell - 1]:>{cell}}", FAINT) for name in names), (f"{'found':>9}", FAINT)],
    ]
    for number, line in enumerate(counts):
        share = line[number] / sum(line) if sum(line) else None
        row: Row = [(f"{names[number][:label]:<{label}}", "")]
        row += [_count(count, cell, right=column == number) for column, count in enumerate(line)]
        rows.append([*row, (f"{percent(share):>9}", STRONG)])
    rows += [[], *wrap(_pairs(names, counts), width)]
    return [fit(row, width, charset.cut) for row in rows]


def _count(count: int, cell: int, right: bool) -> tuple[str, str]:
    if not count:
        return (f"{'.':>{cell}}", FAINT)
    return (f"{count:>{cell}}", GOOD if right else BAD)


def _pairs(names: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """The largest sums of both directions: two classes that lie close are taken for each other."""
    mixed = sorted(
        ((counts[a][b] + counts[b][a], names[a], names[b]) for a in range(len(names)) for b in range(a)), reverse=True
    )
    told = [f"{b} and {a} ({count})" for count, a, b in mixed[:_MOST_PAIRS] if count]
    return f"Mixed up most: {', '.join(told)}." if told else "Every held-out image is named rightly."
