"""From a run's curves to what is drawn of them: the lines of a picture and the newest numbers."""

from collections.abc import Sequence

from models.metric import ACCURACY, BLEU, EXACT, metric_of
from models.metrics import RunCurves, Series
from models.runs import RunConfig
from tutor.drawing.axis import axis_end
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.rows import Row, beside, fit
from tutor.drawing.run_card import Numbers

_NARROW, _GAP = 72, 2


def numbers_of(curves: RunCurves) -> Numbers:
    """The newest value of each curve, and the lowest loss on held-out images with its step.

    While a run looks at its validation images only, they stand in the place of the held-out ones, by their name.
    """
    series, judged = curves.series, "held-out"
    if series["held-out loss"].last is None and series["validation loss"].last is not None:
        judged = "validation"
    return Numbers(
        train_loss=series["train loss"].last,
        held_out_loss=series[f"{judged} loss"].last,
        best_held_out_loss=series[f"{judged} loss"].best("min"),
        train_accuracy=series["train accuracy"].last,
        held_out_accuracy=series[f"{judged} accuracy"].last,
        held_out_exact=series[f"{judged} exact"].last,
        held_out_bleu=series[f"{judged} BLEU"].last,
        lr=series["lr"].last,
        judged=judged.replace("-", " "),
    )


def measures_of(config: RunConfig) -> tuple[str, ...]:
    """What a run's curves are of: the loss, and what it is judged by where that is something else."""
    judged_by = {ACCURACY: "accuracy", EXACT: "exact", BLEU: "BLEU"}.get(metric_of(config.settings))
    return ("loss", judged_by) if judged_by else ("loss",)


def line_of(series: Series, label: str, as_marks: bool = False) -> Line:
    """A series as a line; of a bucket of many steps, both its smallest and its largest value."""
    points: list[tuple[float, float]] = []
    for bucket in series.points():
        points.append((bucket.first_step, bucket.min))
        if bucket.count > 1:
            points.append((bucket.last_step, bucket.max))
    return Line(label, points, series.not_finite, as_marks)


def draw_run_curves(
    curves: RunCurves,
    total_steps: int,
    width: int,
    height: int,
    charset: Charset = UNICODE,
    *,
    log: bool = False,
    names: Sequence[str] = ("loss", "accuracy"),
) -> list[Row]:
    """The named measures side by side; where it is narrow, the first one alone."""
    names = names if width >= _NARROW else names[:1]
    each, end = (width - _GAP * (len(names) - 1)) // len(names), axis_end(curves.last_step, total_steps)
    pictures = [
        draw_curve_rows(
            _lines(curves, name), each, height, charset, title=name, log=log and name == "loss", last_step=end
        )
        for name in names
    ]
    rows = pictures[0] if len(pictures) == 1 else beside(pictures[0], pictures[1], _GAP)
    return [fit(row, width, charset.cut) for row in rows]


def _lines(curves: RunCurves, name: str) -> list[Line]:
    """The training batches as a line, the images that were kept from training as marks on it."""
    trained = curves.series.get(f"train {name}")  # of translations only the loss is known while they are learned
    lines = [line_of(trained, "train")] if trained else []
    for judged in ("validation", "held-out"):
        series = curves.series[f"{judged} {name}"]
        if judged == "held-out" or series.last is not None:
            lines.append(line_of(series, judged.replace("-", " "), as_marks=True))
    return lines
