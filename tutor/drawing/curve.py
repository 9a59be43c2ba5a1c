"""Curves over training steps, drawn by plotext behind one pure function.

plotext 5 is given only what it draws well: finite values, one sign a cell, on a linear axis, with ticks and
labels made here. What it cannot show (a loss that is no number, one without a logarithm) is said in words.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from tutor.drawing.axis import Axis, linear_axis, log_axis, step_axis
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.raster import Cell, braille, rasterise
from tutor.drawing.rows import FAINT, SERIES, STRONG, WARN, Row, cells, fit, merge, plain, spread

SMALLEST = (24, 5)  # below this an axis leaves no room for a curve
SMALLEST_VALUE = 1e-30  # no axis can tell smaller ones from 0
LARGEST_VALUE = 1e30  # a loss beyond it has diverged; its axis would hide everything else

_drawing = Lock()  # plotext's figure is one global object
_COLOURED = re.compile(r"\x1b\[(?:38;5;(\d+)|[0-9;]*)m")


@dataclass(frozen=True)
class Line:
    """One series: (step, value) in the order of steps; few and far between ones are drawn as single marks."""

    label: str
    points: Sequence[tuple[float, float]]
    not_finite: Sequence[tuple[int, str]] = ()
    as_marks: bool = False


def draw_curve(
    series: Sequence[Line],
    width: int,
    height: int,
    charset: Charset = UNICODE,
    *,
    title: str = "",
    log: bool = False,
    last_step: float | None = None,
) -> list[str]:
    """The curve as `height` plain rows of at most `width` cells."""
    return plain(draw_curve_rows(series, width, height, charset, title=title, log=log, last_step=last_step))


def draw_curve_rows(
    series: Sequence[Line],
    width: int,
    height: int,
    charset: Charset = UNICODE,
    *,
    title: str = "",
    log: bool = False,
    last_step: float | None = None,
) -> list[Row]:
    """A legend, the curve with its axes and, where needed, what it cannot show; `last_step` ends the axis."""
    drawn = [_drawable(line, log) for line in series]
    notes = [[(f"{charset.warning} {text}", WARN)] for line in series if (text := _in_words(line, log))]
    notes = notes[: max(height - SMALLEST[1], 0)]
    canvas_height = height - 1 - len(notes)
    rows = [_legend(series, title, log, width, charset)]
    if width < SMALLEST[0] or height < SMALLEST[1]:
        rows = [[(printable_line(_latest_in_words(series)), "")]] * min(height, 1)
    elif not any(drawn):
        rows += _message("no values yet", width, canvas_height)
    else:
        rows += _canvas(drawn, series, width, canvas_height, log, last_step, charset)
    return [fit(row, width, charset.cut) for row in [*rows, *notes][:height]]


def _drawable(line: Line, log: bool) -> list[tuple[float, float]]:
    """What plotext can be given: finite points of a sane size, as log10 where the axis is logarithmic."""
    finite = [(x, y) for x, y in line.points if math.isfinite(x) and abs(y) <= LARGEST_VALUE]
    if log:
        return [(x, math.log10(y)) for x, y in finite if y > 0]
    return [(x, y if abs(y) > SMALLEST_VALUE else 0.0) for x, y in finite]


def _in_words(line: Line, log: bool) -> str:
    """What the curve leaves out: where the values stop being numbers, are too large, or have no logarithm."""
    label = printable_line(line.label)
    bad = list(line.not_finite) + [(x, _word(y)) for x, y in line.points if not abs(y) <= LARGEST_VALUE]
    if bad:
        step, word = min(bad)
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        return f"{label}: {word} at step {step:.0f}{more}"
    hidden = sum(1 for _, y in line.points if y <= 0) if log else 0
    return f"{label}: {hidden} values at or below 0 have no place on a log scale" if hidden else ""


def _word(value: float) -> str:
    if math.isnan(value):
        return "nan"
    return ("inf" if value > 0 else "-inf") if math.isinf(value) else f"{value:.0e}"


def _canvas(
    drawn: list[list[tuple[float, float]]],
    series: Sequence[Line],
    width: int,
    height: int,
    log: bool,
    last_step: float | None,
    charset: Charset,
) -> list[Row]:
    steps, values = zip(*(point for points in drawn for point in points), strict=True)
    low, high = min(values), max(values)
    y = log_axis(10**low, 10**high, height // 2) if log else linear_axis(low, high, height // 3)
    labels = [label.rjust(max(map(len, y.labels))) for label in y.labels]
    canvas = width - len(labels[0]) - 1, height - 2
    x = step_axis(min(0, *steps), max(*steps, last_step or 0), canvas[0])
    import plotext  # 30 ms: only those who see a curve pay them

    with _drawing:
        _prepare(x, y, labels, width, height)
        behind: dict[Cell, int] = {}
        for index, (points, line) in enumerate(zip(drawn, series, strict=True)):
            if points:
                _plot(points, line.as_marks, index, canvas, (x, y), behind, charset)
        picture = plotext.build()
    return [_row(line, charset) for line in picture.split("\n")[:height]]


def _prepare(x: Axis, y: Axis, y_labels: list[str], width: int, height: int) -> None:
    """A fresh figure with our axes; the limits on its size are lifted, or a pipe would cut it at 80x24."""
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.frame(False)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.xlim(x.low, x.high)
    plotext.ylim(y.low, y.high)
    plotext.xticks(x.ticks, x.labels)
    plotext.yticks(y.ticks, y_labels)


def _plot(
    points: list[tuple[float, float]],
    as_marks: bool,
    index: int,
    canvas: tuple[int, int],
    axes: tuple[Axis, Axis],
    behind: dict[Cell, int],
    charset: Charset,
) -> None:
    """Draw one series in the palette number of its index, which `_row` turns into its colour again."""
    import plotext

    x, y = axes
    if not as_marks:
        dots = (2, 4) if charset.unicode else (1, 1)
        touched = rasterise(points, *canvas, (x.low, x.high), (y.low, y.high), dots)
        behind.update({cell: bits | behind.get(cell, 0) for cell, bits in touched.items()})
        xs = [x.low + column * (x.high - x.low) / max(canvas[0] - 1, 1) for column, _ in touched]
        ys = [y.high - row * (y.high - y.low) / max(canvas[1] - 1, 1) for _, row in touched]
        signs = [braille(behind[cell]) if charset.unicode else "." for cell in touched]
        plotext.scatter(xs, ys, marker=signs, color=index + 1)
        points = points[-1:]  # the line's own mark stands at its end
    plotext.scatter(*zip(*points, strict=True), marker=mark_of(index, charset), color=index + 1)


def mark_of(index: int, charset: Charset) -> str:
    """The sign of a series, so that lines are told apart without colour."""
    return ("●○◆◇▲△" if charset.unicode else "*o+x#@")[index % 6]


def _row(line: str, charset: Charset) -> Row:
    """One row of plotext's picture: its escape sequences read as the index of a series, and dropped."""
    spans, style, end = [], FAINT, 0
    for match in _COLOURED.finditer(line):
        spans.append((charset.translate(line[end : match.start()]), style))
        style = SERIES[(int(match[1]) - 1) % len(SERIES)] if match[1] else FAINT
        end = match.end()
    return merge([*spans, (charset.translate(line[end:]), style)])


def _legend(series: Sequence[Line], title: str, log: bool, width: int, charset: Charset) -> Row:
    left: Row = [(printable_line(title), STRONG)] if title else []
    for index, line in enumerate(series):
        left += [("  " if left else "", ""), (mark_of(index, charset), SERIES[index % len(SERIES)])]
        left.append((f" {printable_line(line.label)}", ""))
    right: Row = [("log scale" if log else "linear", FAINT)]
    return spread(left, right, width, charset.cut) if cells(left) + 12 <= width else fit(left, width, charset.cut)


def _message(text: str, width: int, height: int) -> list[Row]:
    empty: list[Row] = [[] for _ in range(height)]
    if height > 0:
        empty[height // 2] = [(text.center(width).rstrip(), FAINT)]
    return empty


def _latest_in_words(series: Sequence[Line]) -> str:
    latest = [f"{line.label} {line.points[-1][1]:.4g}" for line in series if line.points]
    return ", ".join(latest) or "no values yet"
