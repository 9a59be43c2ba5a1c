"""Gradient norms of every layer over the steps of a run: one row a layer, one shade a moment, on a log scale."""

import functools
import math
from collections.abc import Sequence

from models.gradient_history import GradientHistory
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import number
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, Row, fit, merge, wrap
from tutor.drawing.shades import NO_NUMBER, PALETTE, RAMP, Scale, draw_scale

_NAME, _NUMBER = 20, 9


def draw_gradients(history: GradientHistory, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The layers from the image down to the scores, the newest norm beside each, and the ratio of both ends."""
    columns = max(width - _NAME - _NUMBER, 8)
    logs = {layer: [_log(value) for value in values] for layer, values in history.norms.items()}
    drawn = {layer: _columns(values, columns) for layer, values in logs.items()}
    finite = [value for values in logs.values() for value in values if math.isfinite(value)]
    scale = Scale(min(finite, default=0.0), max(finite, default=1.0))
    steps = f"step {history.steps[0]} to {history.steps[-1]}"
    rows: list[Row] = [[(f"{'layer':<{_NAME}}{steps:<{columns}}{'now':>{_NUMBER}}", FAINT)]]
    for layer, values in drawn.items():
        shades = merge([_shade(value, scale, charset) for value in values])
        name, now = printable_line(_short(layer))[: _NAME - 1], number(history.norms[layer][-1])
        rows.append([(f"{name:<{_NAME}}", ""), *shades, (f"{now:>{_NUMBER}}", STRONG)])
    rows += [[], [("log10 of the norm ", FAINT), *draw_scale(scale, charset)], *wrap(_ends(history), width)]
    return [fit(row, width, charset.cut) for row in rows]


def _short(layer: str) -> str:
    """ "encoder.0.self.w_q" for "transformer.encoder.0.self_attention.w_q": what tells layers apart comes last."""
    shorter = {"transformer.": "", "_attention": "", "feed_forward": "ff", "_embeddings": " embeddings"}
    return functools.reduce(lambda name, pair: name.replace(*pair), shorter.items(), layer)


def _log(value: float | None) -> float:
    return math.log10(value) if value is not None and value > 0.0 else math.nan


def _columns(values: Sequence[float], columns: int) -> list[float]:
    """The values stretched or thinned to so many columns: the first of each group, or the one that is no number."""
    groups = [values[_place(c, values, columns) : _place(c + 1, values, columns)] for c in range(columns)]
    return [
        next((value for value in group if math.isnan(value)), values[_place(column, values, columns)])
        for column, group in enumerate(groups)
    ]


def _place(column: int, values: Sequence[float], columns: int) -> int:
    return column * len(values) // columns


def _shade(value: float, scale: Scale, charset: Charset) -> tuple[str, str]:
    if charset.shading == "glyphs":
        level = scale.level(value, len(RAMP))
        return (NO_NUMBER, BAD) if level is None else (RAMP[level], "")
    level = scale.level(value, len(PALETTE))
    return (NO_NUMBER, BAD) if level is None else (" ", f"on color({PALETTE[level]})")


def _ends(history: GradientHistory) -> str:
    """The first layer's norm against that of the last convolution: where gradients vanish, it is far below 1."""
    layers = list(history.norms)
    first, last = layers[0], layers[-2] if len(layers) > 2 else layers[-1]
    ratios = [_ratio(history.norms[first][k], history.norms[last][k]) for k in (0, len(history.steps) - 1)]
    return f"{first} against {last}: {ratios[0]} at first, {ratios[1]} now."


def _ratio(one: float | None, other: float | None) -> str:
    return "no number" if one is None or not other else f"{one / other:.3g}"
