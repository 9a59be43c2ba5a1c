"""The figure of the lesson on back-propagation through time: what is left of a change, k steps back."""

from collections.abc import Sequence
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import FAINT, SERIES, STRONG, Row, fit, wrap

CURVE_HEIGHT = 11
_NAMES = ("bound sigma_max^k", "without tanh |U^k|", "|dh_T/dh_t|", "|dL/dh_t| / |dL/dh_T|")


class JacobianChainState(Protocol):
    """The net, how far back is looked, and a number for each k = T - t."""

    @property
    def matrix(self) -> str: ...
    @property
    def radius(self) -> float: ...
    @property
    def inputs(self) -> float: ...
    @property
    def back(self) -> int: ...
    @property
    def sigma_max(self) -> float: ...
    @property
    def bound(self) -> Sequence[float]: ...
    @property
    def powers(self) -> Sequence[float]: ...
    @property
    def norms(self) -> Sequence[float]: ...
    @property
    def gradients(self) -> Sequence[float]: ...
    @property
    def slopes(self) -> Sequence[float] | None: ...


def draw_jacobian_chain(state: JacobianChainState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Four curves on a log scale as far back as was gone, their values there, and the factor that came last."""
    head = f"U {state.matrix}: spectral radius {state.radius:.1f}, sigma_max {state.sigma_max:.2f}"
    rows = wrap(f"{head}; inputs {state.inputs:g}", width, STRONG)
    curves = (state.bound, state.powers, state.norms, state.gradients)
    labels = ("bound", "|U^k|", "|dh_T/dh_t|", "|dL/dh_t|")
    lines = [_line(label, curve, state.back) for label, curve in zip(labels, curves, strict=True)]
    last = float(len(state.bound) - 1)
    rows += draw_curve_rows(lines, width, CURVE_HEIGHT, charset, log=True, last_step=last)
    rows += wrap(f"k steps back, t = T - k. At k = {state.back}, with the mean factor of a step:", width, FAINT)
    rows += [
        _value(i, name, curve, state.back, charset) for i, (name, curve) in enumerate(zip(_NAMES, curves, strict=True))
    ]
    rows.append(_factor(state))
    return [fit(row, width, charset.cut) for row in rows]


def _line(label: str, curve: Sequence[float], back: int) -> Line:
    return Line(label, [(float(k), value) for k, value in enumerate(curve[: back + 1])])


def _value(index: int, name: str, curve: Sequence[float], back: int, charset: Charset) -> Row:
    mean = f"   x {(curve[back] / curve[0]) ** (1 / back):.3f} a step" if back else ""
    mark = (f"{mark_of(index, charset)} ", SERIES[index % len(SERIES)])
    return [mark, (f"{name:<24}", ""), (f"{curve[back]:>10.3g}", STRONG), (mean, FAINT)]


def _factor(state: JacobianChainState) -> Row:
    """The newest factor's slopes: what tanh adds to U."""
    if state.slopes is None:
        return [("no factor yet: the product is the identity", FAINT)]
    slopes = "  ".join(f"{slope:.2f}" for slope in state.slopes)
    return [("the last factor's slopes 1 - h^2:  ", FAINT), (slopes, "")]
