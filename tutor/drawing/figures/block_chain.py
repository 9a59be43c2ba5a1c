"""The chain of a block's steps with the branches under it, in the manner of the course's block diagram."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, Row, merge

LABELS = {"conv": "Conv", "norm": "BatchNorm", "relu": "ReLU", "add": "Add", "input": "Input"}
_SHORT = {"BatchNorm": "BN", "Input": "In", "Output": "Out"}
_CURRENT = "bold reverse"
_MOST_BRANCHES = 2
_MARGIN = 1

Cell = tuple[str, str]


class Canvas:
    """Rows of single cells that are written into at a place."""

    def __init__(self, width: int, height: int) -> None:
        self.rows: list[list[Cell]] = [[(" ", "")] * width for _ in range(height)]

    def write(self, row: int, column: int, text: str, style: str) -> None:
        for offset, character in enumerate(text):
            self.rows[row][column + offset] = (character, style)

    def cut(self, start: int, width: int) -> list[Row]:
        return [merge(row[start : start + width]) for row in self.rows]


def draw_block_chain(
    steps: Sequence[Mapping[str, Any]], paths: Mapping[str, Any], current: int, width: int, charset: Charset
) -> list[Row]:
    """The main path from Input to Output, a mark over the current step, and each branch from where it leaves.

    A block that ended on its way has a cross in the place of its output. What is wider than `width` is shown around
    the current step.
    """
    main = paths["main"]
    labels = [label_of(steps[step]) for step in main] + [charset.failed if paths["failure"] else "Output"]
    separator = f" {charset.arrow} " if charset.unicode else charset.arrow
    if _length(labels, separator) > width:
        labels = [_SHORT.get(label, label) for label in labels]
    starts = [_MARGIN + _length(labels[:place], separator, behind=True) for place in range(len(labels))]
    branches = paths["branches"][:_MOST_BRANCHES]
    canvas = Canvas(max(width, _length(labels, separator) + 2 * _MARGIN), 2 + 2 * len(branches))
    for place, (start, label) in enumerate(zip(starts, labels, strict=True)):
        is_current = place < len(main) and main[place] == current
        canvas.write(1, start, label, _CURRENT if is_current else _style(label, charset))
        if place + 1 < len(labels):
            canvas.write(1, start + len(label), separator, FAINT)
        if is_current:
            canvas.write(0, start + len(label) // 2, "▼" if charset.unicode else "v", ACCENT)
    for number, branch in enumerate(branches):
        leaves, joins = main.index(branch["leaves"]) if branch["leaves"] in main else 0, main.index(branch["joins"])
        ends = (starts[leaves] + len(labels[leaves]) + len(separator) // 2, starts[joins] + len(labels[joins]) // 2)
        _draw_branch(canvas, ends, 2 * number + 2, [(steps[i]["name"], i == current) for i in branch["steps"]], charset)
    middle = starts[main.index(current)] if current in main else 0
    return canvas.cut(max(0, min(middle - width // 2, len(canvas.rows[0]) - width)), width)


def label_of(step: Mapping[str, Any]) -> str:
    """The course's word for a layer; any other operation by its own name."""
    return LABELS.get(step["kind"]) or str(step["name"])


def _draw_branch(
    canvas: Canvas, ends: tuple[int, int], row: int, names: list[tuple[str, bool]], charset: Charset
) -> None:
    """Down from behind the step it leaves, along with the names of its own steps, and up into the step it joins."""
    left, right = ends
    for above in range(2, row + 1):
        canvas.write(above, left, charset.translate("│"), GOOD)
        canvas.write(above, right, charset.translate("↑" if above == 2 else "│"), GOOD)
    canvas.write(row + 1, left, charset.translate("└" + "─" * (right - left - 1) + "┘"), GOOD)
    column = left + 3
    for name, is_current in names:
        text = f" {name} "
        if column + len(text) < right - 1:
            canvas.write(row + 1, column, text, _CURRENT if is_current else "")
        column += len(text) + 2


def _style(label: str, charset: Charset) -> str:
    return BAD if label == charset.failed else GOOD if label == "Add" else ""


def _length(labels: Sequence[str], separator: str, behind: bool = False) -> int:
    """Cells of the labels with what stands between them, and behind the last one too where that is asked for."""
    return sum(map(len, labels)) + len(separator) * (len(labels) - (0 if behind else 1))
