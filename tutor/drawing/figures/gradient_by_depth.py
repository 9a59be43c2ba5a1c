"""The figure of the lesson on skip connections: how large the gradient is at each depth, in four nets."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import FAINT, SERIES, STRONG, Row, fit, headed, wrap

CURVE_HEIGHT = 11
WHAT = {"stream": "|dL/dx| between the blocks", "weights": "|dL/dW| of each convolution"}
AXIS = {"stream": "left behind the stem, right behind the last", "weights": "first layer ... last layer"}

Settings = Mapping[str, Any]


def draw_gradient_by_depth(
    settings: Settings,
    answer: Mapping[str, Any] | None,
    shown: str,
    width: int,
    charset: Charset = UNICODE,
) -> list[Row]:
    """The curves on a log scale and a line of numbers for each net; in words until the numbers are there."""
    head = f"depth {settings['depth']}, weights' variance {settings['variance']}, seed {settings['seed']}"
    if answer is None:
        return _awaited(head, width, charset)
    lines = [_line(name, arm[shown], charset) for name, arm in answer["arms"].items()]
    rows = headed(head, f"; {answer['images']} digits, one backward pass", width)
    rows += draw_curve_rows(lines, width, CURVE_HEIGHT + 1 - len(rows), charset, log=True)
    rows.append([(f"{WHAT[shown]}; {AXIS[shown]}", FAINT)])
    rows.append([(f"  {'net':14}{'first':>9}{'last':>9}{'first/last':>11}{'loss':>9}", FAINT)])
    rows += [_numbers(i, name, arm, shown, charset) for i, (name, arm) in enumerate(answer["arms"].items())]
    return [fit(row, width, charset.cut) for row in rows]


def _awaited(head: str, width: int, charset: Charset) -> list[Row]:
    rows: list[Row] = [[(head, STRONG)], []]
    told = (
        "Four nets with the same kernels: plain and residual, each with and without batch normalisation. You will see "
        "the size of the gradient at every depth, from the first layer on the left to the last on the right."
    )
    rows += wrap(told, width)
    rows += [[], [(f"computing {charset.cut}", FAINT)]]
    return [fit(row, width, charset.cut) for row in rows]


def _line(name: str, norms: Sequence[float | None], charset: Charset) -> Line:
    points = [(float(place), norm) for place, norm in enumerate(norms) if norm is not None]
    missing = [(place, "no number") for place, norm in enumerate(norms) if norm is None]
    return Line(charset.translate(name), points, missing, as_marks=True)


def _numbers(index: int, name: str, arm: Mapping[str, Any], shown: str, charset: Charset) -> Row:
    first, last = arm[shown][0], arm[shown][-1]
    ratio = first / last if first is not None and last else None
    numbers = f"{_short(first):>9}{_short(last):>9}{_short(ratio):>11}{_short(arm['loss']):>9}"
    return [(f"{mark_of(index, charset)} ", SERIES[index % len(SERIES)]), (f"{name:14}", ""), (numbers, "")]


def _short(value: float | None) -> str:
    """Three digits, with a power of ten where it is far from 1."""
    return "nan" if value is None else f"{value:.3g}"
