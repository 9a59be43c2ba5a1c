"""The figure of the lesson on the feed-forward: a layer that must find two digits and compute, with and without it."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, SERIES, STRONG, Row, beside, cells, fit, headed, wrap

CURVE_HEIGHT, GRID_WIDTH = 10, 21
LOWEST = 1e-3  # a loss below it is as good as none
NAMES = {
    "with it": "with feed-forward",
    "no ReLU": "without its ReLU",
    "without": "attention alone",
    "wider": "alone, but wider",
}
_KEYS = {"marks": "keys see the marks", "all": "keys see everything"}
_TASKS = {"sum mod 5": "the sum of two marked digits, modulo 5", "sum": "the sum of two marked digits"}

Answer = Mapping[str, Any]


def draw_without_feed_forward(
    settings: Mapping[str, Any],
    answers: Mapping[str, Answer | None],
    shown: str,
    width: int,
    charset: Charset = UNICODE,
) -> list[Row]:
    """Losses of the four nets on a log scale, what one of them answers to each pair, and a line of numbers for each.

    `answers` holds what is known so far by arm, None where an arm is still being trained; `shown` is the arm whose
    answers are seen.
    """
    heads = f"{settings['heads']} head{'s' if settings['heads'] > 1 else ''}"
    rows = headed(f"Say {_TASKS[settings['task']]}", f"; {heads}, {_KEYS[settings['keys']]}", width)
    known = {arm: answer for arm, answer in answers.items() if answer is not None}
    if not known:
        return [fit(row, width, charset.cut) for row in [*rows, *_awaited(width, charset)]]
    grid = _grid(known.get(shown), shown, settings["task"], charset)
    curve = draw_curve_rows(_lines(known), width - GRID_WIDTH - 2, CURVE_HEIGHT, charset, log=True)
    rows += beside(curve, grid, 2)
    rows.append(_columns(width))
    rows += [
        _numbers(place, arm, answer, arm == shown, width, charset)
        for place, (arm, answer) in enumerate(answers.items())
    ]
    first = next(iter(known.values()))
    rows += wrap(f"A guess: {_guess(settings['task']):.0%} right, a loss of {first['chance']:.3g}.", width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _lines(known: Mapping[str, Answer]) -> list[Line]:
    """A line for each arm, in the order of its sign; those of arms that are still to come are empty."""
    lines = []
    for arm in NAMES:
        answer = known.get(arm)
        losses = answer["losses"] if answer else []
        each = answer["iterations"] // len(losses) if answer else 1
        lines.append(Line(arm, [((k + 1) * each, max(loss, LOWEST)) for k, loss in enumerate(losses)]))
    return lines


def _grid(answer: Answer | None, arm: str, task: str, charset: Charset) -> list[Row]:
    """What it says to a and b: right ones are marked."""
    rows: list[Row] = [[(NAMES[arm], STRONG)], [("says to a, b", FAINT)]]
    if answer is None:
        return [*rows, [], [(f"computing {charset.cut}", FAINT)]]
    rows.append([("a\\b" + "".join(f"{b:>3}" for b in range(len(answer["says"]))), FAINT)])
    for a, line in enumerate(answer["says"]):
        row: Row = [(f"{a:>3}", FAINT)]
        for b, said in enumerate(line):
            is_right = said == _right(a, b, task)
            row.append((f"{said:>2}" + (" " if is_right else "!"), GOOD if is_right else BAD))
        rows.append(row)
    wrong = sum(said != _right(a, b, task) for a, line in enumerate(answer["says"]) for b, said in enumerate(line))
    return [*rows, [(f"{wrong} of 25 wrong" if wrong else "all 25 right", BAD if wrong else GOOD)]]


def _right(a: int, b: int, task: str) -> int:
    return (a + b) % 5 if task == "sum mod 5" else a + b


def _guess(task: str) -> float:
    """How often the commonest answer is right: 5 of 25 pairs for both."""
    said = [_right(a, b, task) for a in range(5) for b in range(5)]
    return max(said.count(each) for each in said) / len(said)


def _columns(width: int) -> Row:
    return [(f"    {'net':18}{'weights':>9}{'last loss':>11}{'right':>8}"[:width], FAINT)]


def _numbers(place: int, arm: str, answer: Answer | None, is_shown: bool, width: int, charset: Charset) -> Row:
    pointer = (f"{charset.pointer if is_shown else ' '} ", ACCENT)
    mark = (f"{mark_of(place, charset)} ", SERIES[place % len(SERIES)])
    name = (f"{NAMES[arm]:18}", STRONG if is_shown else "")
    if answer is None:
        return [pointer, mark, name, (f"  being trained {charset.cut}", FAINT)]
    numbers = f"{answer['weights']:>9,}{answer['losses'][-1]:>11.2g}{answer['right']:>8.1%}"
    row: Row = [pointer, mark, name, (numbers, "")]
    bar = round(answer["right"] * 20)
    if cells(row) + 24 <= width:
        row += [("   ", ""), (charset.full * bar, GOOD), (charset.empty * (20 - bar), FAINT)]
    return row


def _awaited(width: int, charset: Charset) -> list[Row]:
    told = (
        "Four nets of one layer, trained now: attention and feed-forward; the same without the ReLU; attention alone; "
        "and attention alone with as many weights as the first. You will see the loss of each as it learns, and what "
        "it answers to each pair of digits."
    )
    wait = f"computing {charset.cut} one net after the other, a second or two each"
    return [[], *wrap(told, width), [], [(wait, FAINT)]]
