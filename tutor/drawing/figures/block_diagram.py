"""The figure of the lesson on reading a paper: a block's diagram, and what each of its steps put out just now."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.figures.block_chain import draw_block_chain
from tutor.drawing.printable import printable
from tutor.drawing.rows import ACCENT, BAD, FAINT, STRONG, WARN, Row, fit, wrap

HEIGHT = 18
_FEWEST_STEPS = 3
_NARROW = 74  # below it the column of what a step takes is left out
_COLUMNS = {"step": 14, "takes": 19, "shape": 13, "weights": 9, "mean": 8, "std": 8}
_LEFT = ("step", "takes")
_COURSE = ("input", "conv", "norm", "relu", "conv", "norm", "add", "relu")


def draw_block_diagram(
    answer: Mapping[str, Any] | None,
    current: int,
    width: int,
    charset: Charset = UNICODE,
    is_old: bool = False,
    height: int = HEIGHT,
) -> list[Row]:
    """Whose block it is, its diagram, and a table of its steps with the current one marked: in `height` rows.

    Of the table at least three steps are shown, however few rows there are.

    Without an answer the course's own diagram stands there, and a sentence on what will be seen. An answer that
    `is_old` stays until the next one is there, and says so.
    """
    if answer is None:
        return [fit(row, width, charset.cut) for row in _before_the_answer(width, charset)]
    steps = answer["steps"]
    current = min(max(current, 0), len(steps) - 1)
    rows = [*_title(answer, is_old, width, charset), *draw_block_chain(steps, answer, current, width, charset)]
    rows += _remarks(answer, width, charset)
    rows += _table(steps, current, max(height - len(rows) - 1, _FEWEST_STEPS + 1), width, charset)
    rows.append([(f" {answer['parameters']:,} parameters in all", FAINT)])
    return [fit(row, width, charset.cut) for row in rows]


def _before_the_answer(width: int, charset: Charset) -> list[Row]:
    steps = [{"kind": kind, "name": kind} for kind in _COURSE]
    skip = {"leaves": 0, "joins": 6, "steps": []}
    paths = {"main": list(range(len(steps))), "branches": [skip], "failure": None}
    text = "computing ... The block is built now and a batch goes through it; then every step has its shape, its "
    text += "weights, and the mean and spread of what it put out. The order is the one in which your code calls them."
    return [*draw_block_chain(steps, paths, -1, width, charset), [], *wrap(text, width, FAINT, " ")]


def _title(answer: Mapping[str, Any], is_old: bool, width: int, charset: Charset) -> list[Row]:
    settings = answer["settings"]
    channels, stride = settings["channels"], settings["stride"]
    shape = f"{channels} to {channels * stride} channels, stride {stride}, shortcut {settings['shortcut']}"
    if width < _NARROW:
        shape = f"{channels} to {channels * stride}, stride {stride}, {settings['shortcut']}"
    state = ("   computing ..." if is_old else "", WARN)
    if answer["whose"] == "yours":
        return [[(" Your block: ", STRONG), (shape, ""), state]]
    reason = charset.translate(printable(answer["reason"] or ""))
    lines = reason.split("\n")
    return [[(" The reference's block: ", STRONG), (shape, ""), state], *_lines(lines, width, WARN)]


def _table(steps: Sequence[Mapping[str, Any]], current: int, height: int, width: int, charset: Charset) -> list[Row]:
    """The steps in the order in which they were called; as many of them as fit, around the current one."""
    names = [name for name in _COLUMNS if width >= _NARROW or name != "takes"]
    head = "".join(_cell(name, name) for name in names)
    rows: list[Row] = [[("   " + head, STRONG)]]
    room = height - 1
    first = max(0, min(current - room // 2, len(steps) - room))
    for number in range(first, min(first + room, len(steps))):
        values = _values(steps, number)
        line = charset.translate("".join(_cell(name, values[name]) for name in names))
        is_current = number == current
        pointer = charset.pointer if is_current else " "
        rows.append([(f" {pointer} ", ACCENT), (line, f"{STRONG} {ACCENT}" if is_current else "")])
    return rows


def _values(steps: Sequence[Mapping[str, Any]], number: int) -> dict[str, str]:
    step = steps[number]
    return {
        "step": printable(step["name"]),
        "takes": printable(_takes(steps, number)),
        "shape": "x".join(map(str, step["shape"])),
        "weights": f"{step['parameters']:,}" if step["parameters"] else "",
        "mean": _decimal(step["mean"]),
        "std": _decimal(step["std"]),
    }


def _takes(steps: Sequence[Mapping[str, Any]], number: int) -> str:
    """Sizes of a layer, and what a step takes where that is not simply the output of the one above it."""
    step = steps[number]
    inputs = [steps[source]["name"] for source in step["inputs"]]
    if len(inputs) > 1:
        return (" + " if step["kind"] == "add" else ", ").join(inputs)
    if step["words"] and step["kind"] == "conv":
        return step["words"]
    return f"from {inputs[0]}" if inputs and step["inputs"][0] != number - 1 else step["words"]


def _remarks(answer: Mapping[str, Any], width: int, charset: Charset) -> list[Row]:
    """What a learner should see first: what is not as it should be."""
    steps = answer["steps"]
    if answer["failure"]:
        lines = printable(answer["failure"]).split("\n")
        return _lines(["It ended here: " + charset.translate(lines[0]), *map(charset.translate, lines[1:])], width, BAD)
    rows: list[Row] = []
    if not answer["branches"]:
        text = "No skip connection: the input comes to the output through the layers only."
        rows += wrap(text, width, WARN, " ")
    for names, text in (
        ([steps[number]["name"] for number in answer["unused"]], "Computed, but the output does not need it"),
        (answer["never_called"], "Made, but not called in this pass"),
    ):
        if names:
            rows += wrap(f"{text}: {printable(', '.join(names))}.", width, WARN, " ")
    for holds, text in (
        (answer["input_overwritten"], "The block has written into its own input."),
        (answer["is_cut"], f"It goes on: only the first {len(steps)} steps are seen here."),
        (not answer["output_is_known"] and not answer["is_cut"], "What it returned was made by none of these steps."),
    ):
        if holds:
            rows += wrap(text, width, WARN, " ")
    return rows


def _lines(lines: Sequence[str], width: int, style: str) -> list[Row]:
    """At most four rows of words."""
    return [row for line in lines for row in wrap(line, width, style, " ")][:4]


def _cell(name: str, text: str) -> str:
    size = _COLUMNS[name]
    return text[: size - 1].ljust(size) if name in _LEFT else text[:size].rjust(size)


def _decimal(number: float | None) -> str:
    return "nan" if number is None else f"{number:.3f}".replace("-0.000", "0.000")
