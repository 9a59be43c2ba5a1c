"""The figure of the lesson on the scale: dot products of d_k terms, and what a softmax makes of them."""

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.rows import FAINT, SERIES, STRONG, Row, fit, wrap

CURVE_HEIGHT = 9
# what stands over the table: the first row's weights, or one of its lines over d_k; whether on a log scale
VIEWS = {
    "weights": False, "variance": True, "largest": False, "entropy": False, "median_slope": True, "gradient": True,
    "median_gradient": True,
}  # fmt: skip
_NAMES = {
    "variance": "variance of the scores", "largest": "largest weight of a row", "entropy": "entropy of a row, nats",
    "slope": "|J| of softmax, mean", "median_slope": "|J| of softmax, median", "gradient": "|dL/dq|, mean",
    "median_gradient": "|dL/dq|, median",
}  # fmt: skip
_NAME, _WIDEST = 24, 20


class MeasuredArm(Protocol):
    """What was measured of one arm at one d_k."""

    @property
    def variance(self) -> float: ...
    @property
    def largest(self) -> float: ...
    @property
    def entropy(self) -> float: ...
    @property
    def slope(self) -> float: ...
    @property
    def median_slope(self) -> float: ...
    @property
    def gradient(self) -> float: ...
    @property
    def median_gradient(self) -> float: ...


class ScaleSliderState(Protocol):
    """How large d_k is, which draw it is, and both arms' numbers."""

    @property
    def d_k(self) -> int: ...
    @property
    def draw(self) -> int: ...
    @property
    def measured(self) -> Mapping[str, MeasuredArm]: ...
    @property
    def curves(self) -> Mapping[str, Sequence[MeasuredArm]]: ...
    @property
    def first_row(self) -> Mapping[str, Sequence[float]]: ...


def draw_scale_slider(state: ScaleSliderState, view: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """One row's weights or a curve as far as d_k was slid, and what was measured at this d_k."""
    keys = len(state.first_row["with"])
    rows = wrap(f"d_k = {state.d_k}: {keys} keys a query, entries from N(0, 1), draw {state.draw}", width, STRONG)
    rows += _bars(state, width, charset) if view == "weights" else _curve(state, view, width, charset)
    column = max(min((width - _NAME) // 2, _WIDEST), 16)
    rows += [[], [(f"{'':{_NAME}}{'without scale':>{column}}{'/ sqrt(d_k)':>{column}}", FAINT)]]
    rows.append(_variances(state, column))
    both = state.measured
    for name in ("largest", "entropy"):
        rows.append(_line(_NAMES[name], [f"{getattr(arm, name):.2f}" for arm in both.values()], column))
    for name, middle in (("slope", "median_slope"), ("gradient", "median_gradient")):
        values = [f"{_short(getattr(arm, name))} / {_short(getattr(arm, middle))}" for arm in both.values()]
        rows.append(_line(f"{_NAMES[name].removesuffix(', mean')}*", values, column))
    rows += wrap(f"* mean / median over queries. Entropy at most {math.log(keys):.2f}", width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _bars(state: ScaleSliderState, width: int, charset: Charset) -> list[Row]:
    """The first query's weights, the largest first, in both arms side by side."""
    room = max((width - 26) // 2, 4)
    left, right = state.first_row["without"], state.first_row["with"]
    rows: list[Row] = [[(f"{'query 1':9}{'without':<{room + 9}}with", FAINT)]]
    for number, (a, b) in enumerate(zip(left, right, strict=True), 1):
        row: Row = [(f"key {number}   ", "")]
        for value, style in ((a, SERIES[0]), (b, SERIES[1])):
            bar = charset.full * round(room * value)
            row += [(f"{value:.3f} ", ""), (f"{bar:<{room}}   ", style)]
        rows.append(row)
    return rows


def _curve(state: ScaleSliderState, view: str, width: int, charset: Charset) -> list[Row]:
    """One measure of both arms over the d_k that were slid past."""
    shown = int(math.log2(state.d_k)) + 1
    lines = [
        Line(name, [(float(power), float(getattr(arm, view))) for power, arm in enumerate(curve[:shown])])
        for name, curve in state.curves.items()
    ]
    last = float(len(state.curves["with"]) - 1)
    title = f"{_NAMES[view]} by log2 d_k"
    return draw_curve_rows(lines, width, CURVE_HEIGHT, charset, title=title, log=VIEWS[view], last_step=last)


def _variances(state: ScaleSliderState, column: int) -> Row:
    """Measured, and what the lesson derives."""
    without, scaled = (arm.variance for arm in state.measured.values())
    told = [f"{without:.3g} (theory {state.d_k})", f"{scaled:.2f} (theory 1)"]
    return _line(_NAMES["variance"], told, column)


def _line(name: str, values: Sequence[str], column: int) -> Row:
    without, scaled = values
    return [(f"{name:<{_NAME}}", ""), (f"{without:>{column}}", SERIES[0]), (f"{scaled:>{column}}", SERIES[1])]


def _short(value: float) -> str:
    return f"{value:.3f}" if value >= 0.01 else f"{value:.0e}"
