"""Runs beside each other: their curves on one axis, each arm's seeds, and how far apart the arms are."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from models.comparison import FEWEST_SEEDS, Arm, Difference, difference, metric_of_arms
from models.metric import Metric
from models.series import Series
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, SERIES, STRONG, WARN, Row, beside, fit, wrap

Curves = Mapping[str, Mapping[str, Series]]  # run id -> curve name -> its points
_SIDE_BY_SIDE, _GAP = 72, 2


def draw_comparison(
    arms: Sequence[Arm], curves: Curves, width: int, height: int, charset: Charset = UNICODE
) -> list[Row]:
    """Training loss and what is judged, one line an arm (the mean over its seeds), then the numbers."""
    rows = _draw_curves(arms, curves, width, height, charset)
    rows += [[], *draw_arms(arms, width, charset), [], *draw_finding(arms, width)]
    return [fit(row, width, charset.cut) for row in rows]


def draw_arms(arms: Sequence[Arm], width: int, charset: Charset = UNICODE) -> list[Row]:
    """A row for each arm: seeds, mean and range of what is judged, and the difference from the first."""
    room, metric = max(width - 53, 16), metric_of_arms(arms)
    noun = metric.noun.split()[0]
    head = f"{'':<{room}} {'seeds':>5} {noun:>9} {'lowest to highest':>17} {'difference':>17}"
    rows: list[Row] = [[(head, FAINT)]]
    for number, arm in enumerate(arms):
        name = fit([(printable_line(arm.label), SERIES[number % len(SERIES)])], room, charset.cut)
        rows.append([*name, (_numbers(arm, arms[0], metric), "")])
        rows += _unfinished(arm, width)
    return rows


def draw_finding(arms: Sequence[Arm], width: int) -> list[Row]:
    """What may be concluded, and what may not."""
    counts = [len(arm.results) for arm in arms]
    if len(arms) == 1:
        return wrap("One experiment, with other seeds. The range is what chance alone does.", width, FAINT)
    if min(counts) == 0:
        return wrap("An arm has no finished run yet: there is nothing to compare.", width, WARN)
    if min(counts) == 1:
        words = (
            "One run is not a finding: another seed may turn it around. Train each arm with "
            f"{FEWEST_SEEDS} seeds (--seed 0, 1, 2) and compare again."
        )
        return wrap(words, width, WARN)
    rows: list[Row] = []
    for arm in arms[1:]:
        apart = difference(arms[0].results, arm.results)
        verdict = (
            f"{'more' if apart.value > 0 else 'less'} than {arms[0].label}, beyond what the seeds do"
            if apart.is_clear
            else f"not told apart from {arms[0].label}: 0 lies within the interval"
        )
        rows += wrap(f"{printable_line(arm.label)}: {verdict}.", width, STRONG if apart.is_clear else "")
    if min(counts) < FEWEST_SEEDS:
        rows += wrap(f"With two seeds an interval is wide. {FEWEST_SEEDS} or more make it useful.", width, FAINT)
    return rows


def _numbers(arm: Arm, first: Arm, metric: Metric) -> str:
    values = arm.results
    if not values:
        return f" {0:>5} {'-':>9} {'-':>17} {'-':>17}"
    span = f"{metric.text(min(values)).removesuffix(' %')} to {metric.text(max(values))}" if len(values) > 1 else "-"
    apart = difference(first.results, values) if arm is not first and first.results else None
    return f" {len(values):>5} {metric.text(fmean(values)):>9} {span:>17} {_points(apart):>17}"


def _points(apart: Difference | None) -> str:
    """In points, hundredths of the metric's unit, with half the interval's width."""
    if apart is None:
        return "-"
    text = f"{apart.value * 100:+.2f}"
    return f"{text} +-{(apart.interval[1] - apart.value) * 100:.2f}" if apart.interval else text


def _unfinished(arm: Arm, width: int) -> list[Row]:
    left_out = [each for each in arm.runs if each.result is None]
    if not left_out:
        return []
    names = ", ".join(f"{each.run.id} ({each.status.state})" for each in left_out)
    return wrap(printable_line(f"not counted: {names}"), width, FAINT, indent="    ", first="  ")


def _draw_curves(arms: Sequence[Arm], curves: Curves, width: int, height: int, charset: Charset) -> list[Row]:
    wide = width >= _SIDE_BY_SIDE
    judged = f"held-out {metric_of_arms(arms).key}"
    each = (width - _GAP) // 2 if wide else width
    pictures = [
        draw_curve_rows([_mean_line(arm, curves, name) for arm in arms], each, height, charset, title=title)
        for name, title in (("train loss", "training loss"), (judged, judged))
    ]
    return beside(pictures[0], pictures[1], _GAP) if wide else [*pictures[0], [], *pictures[1]]


def _mean_line(arm: Arm, curves: Curves, name: str) -> Line:
    """The mean over the runs of an arm, at the steps that any of them has."""
    by_step: dict[int, list[float]] = {}
    not_finite: list[tuple[int, str]] = []
    for each in arm.runs:
        series = curves[each.run.id][name]
        not_finite += series.not_finite
        for bucket in series.points():
            by_step.setdefault(bucket.last_step, []).append(bucket.last)
    points = [(float(step), fmean(values)) for step, values in sorted(by_step.items())]
    return Line(arm.label, points, not_finite)
