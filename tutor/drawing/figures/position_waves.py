"""The figure of the lesson on positions: waves as a heat map, dot products by distance, a shuffled sentence."""

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.rows import ACCENT, FAINT, GOOD, STRONG, WARN, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale, draw_shades

VIEWS = ("waves", "distance", "shuffle")
_MARKED = "bold cyan"
_MAP_ROWS = 12
_CURVE_ROWS = 10
_LABEL = 6
_NAME, _NUMBER = 18, 7
_DISTANCES = (0, 1, 2, 4, 8, 16, 24)
_SCALE = Scale(-1.0, 1.0)


class MovedWord(Protocol):
    """A word of the sentence, and how far its output has moved by the shuffle."""

    @property
    def word(self) -> str: ...
    @property
    def before(self) -> int: ...
    @property
    def after(self) -> int: ...
    @property
    def without(self) -> float: ...
    @property
    def with_positions(self) -> float: ...


class PositionWavesState(Protocol):
    """Where it is looked, and the numbers of all three views."""

    @property
    def position(self) -> int: ...
    @property
    def pair(self) -> int: ...
    @property
    def order(self) -> int: ...
    @property
    def matrix(self) -> Sequence[Sequence[float]]: ...
    @property
    def rate(self) -> float: ...
    @property
    def wavelength(self) -> float: ...
    @property
    def products(self) -> Sequence[float]: ...
    @property
    def table_products(self) -> Sequence[float]: ...
    @property
    def at_the_start(self) -> "PositionWavesState": ...
    @property
    def shuffled(self) -> Sequence[str]: ...
    @property
    def moved(self) -> Sequence[MovedWord]: ...
    @property
    def twins(self) -> tuple[float, float]: ...


def draw_position_waves(state: PositionWavesState, view: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """One of the three views."""
    drawing: dict[str, Callable[[PositionWavesState, int, Charset], list[Row]]]
    drawing = {"waves": _waves, "distance": _distance, "shuffle": _shuffle}
    return [fit(row, width, charset.cut) for row in drawing[view](state, width, charset)]


# ---- the matrix


def _waves(state: PositionWavesState, width: int, charset: Charset) -> list[Row]:
    """Rows are positions, a pair of columns is one wave's sine and cosine."""
    size = len(state.matrix[0])
    stacked = 2 if charset.shading == "colour" else 1  # positions that share a row of half blocks
    doubled = width >= _LABEL + 2 * size
    first = _first_shown(state, stacked)
    shown = [_columns(row, charset, doubled) for row in state.matrix[first : first + _MAP_ROWS * stacked]]
    rows = wrap(f"PE, d = {size}: a row a position, two columns a wave", width, STRONG)
    cells = 2 if doubled else 1
    rows.append([(" " * (_LABEL + 2 * cells * state.pair), ""), (("v" * 2 * cells), _MARKED)])
    for number, shades in enumerate(draw_shades(shown, _SCALE, charset)):
        at = first + number * stacked
        here = at <= state.position < at + stacked
        label = f"{charset.pointer if here else ' '}{state.position if here else at:>3}  "
        rows.append([(label, _MARKED if here else FAINT), *(shades if doubled or stacked == 2 else _halved(shades))])
    rows += [draw_scale(_SCALE, charset), *_chosen(state, width)]
    return rows


def _columns(row: Sequence[float], charset: Charset, doubled: bool) -> Sequence[float]:
    """A glyph is two cells wide already, a half block one."""
    return [value for value in row for _ in range(2)] if charset.shading == "colour" and doubled else row


def _halved(shades: Row) -> Row:
    """One glyph a value, where two have no room."""
    return [(text[::2], style) for text, style in shades]


def _first_shown(state: PositionWavesState, stacked: int) -> int:
    """The first position of the window that holds the one looked at."""
    window = _MAP_ROWS * stacked
    return max(min(state.position - window // 2, len(state.matrix) - window), 0) // stacked * stacked


def _chosen(state: PositionWavesState, width: int) -> list[Row]:
    p, i = state.position, state.pair
    sine, cosine = state.matrix[p][2 * i : 2 * i + 2]
    head = f"wave {i}: w = 10000^(-{2 * i}/{len(state.matrix[0])}) = {state.rate:.3g}, {_count(state.wavelength)} long"
    numbers = f"p = {p}: sin({p} x {state.rate:.3g}) = {sine:.3f}, cos({p} x {state.rate:.3g}) = {cosine:.3f}"
    return [[], *wrap(head, width), *wrap(numbers, width)]


def _count(wavelength: float) -> str:
    return f"{wavelength:.1f} positions" if wavelength < 1000 else f"{wavelength:,.0f} positions"


# ---- dot products by distance


def _distance(state: PositionWavesState, width: int, charset: Charset) -> list[Row]:
    """Two curves over the distance k, and the same numbers seen from position 0."""
    rows = wrap(f"PE(p) . PE(p + k) over the distance k, from p = {state.position}", width, STRONG)
    curves = {"waves": state.products, "a drawn table": state.table_products}
    lines = [Line(name, [(float(k), value) for k, value in enumerate(curve)]) for name, curve in curves.items()]
    rows += draw_curve_rows(lines, width, _CURVE_ROWS, charset)
    start = state.at_the_start
    fitting = _DISTANCES[: max((width - _NAME) // _NUMBER, 1)]
    rows += [[], [(f"{'k':<{_NAME}}" + "".join(f"{k:>{_NUMBER}}" for k in fitting), FAINT)]]
    pairs = (("waves", state.products, start.products), ("table", state.table_products, start.table_products))
    for name, now, then in pairs:
        rows.append(_products(f"{name}, p = {state.position}", [now[k] for k in fitting], STRONG))
        rows.append(_products(f"{name}, p = 0", [then[k] for k in fitting], ""))
    largest = max(abs(a - b) for a, b in zip(state.products, start.products, strict=True))
    return [*rows, *wrap(f"Waves: largest difference between the two {largest:.0e}.", width, FAINT)]


def _products(name: str, values: Sequence[float], style: str) -> Row:
    return [(f"{name:<{_NAME}}", ""), ("".join(f"{value:>{_NUMBER}.2f}" for value in values), style)]


# ---- the shuffled sentence


def _shuffle(state: PositionWavesState, width: int, charset: Charset) -> list[Row]:
    """How far each word's output has moved, without positions and with them."""
    words = sorted(state.moved, key=lambda each: each.before)
    rows = wrap("Self-attention on the same words in another order", width, STRONG)
    rows += [[], [("before  ", FAINT), (" ".join(each.word for each in words), "")]]
    rows += [[("now     ", FAINT), (" ".join(state.shuffled), _MARKED)], []]
    head = f"{'word':<8}{'place':>8}" + f"{'without positions':>20}{'with positions':>18}"
    rows += [[(head, FAINT)], *(_moved(each, charset) for each in words), []]
    without, with_positions = state.twins
    told = f'Outputs of the two "the": {without:.2f} apart without positions, {with_positions:.2f} with them.'
    note = "The numbers are |y' - y|, the distance between a word's output now and before. One head, d = 32."
    return [*rows, *wrap(told, width), [], *wrap(note, width, FAINT)]


def _moved(each: MovedWord, charset: Charset) -> Row:
    place = f"{each.before} {charset.arrow} {each.after}"
    numbers = ((each.without, 20), (each.with_positions, 18))
    spans = [(f"{_exact(value):>{size}}", GOOD if math.isclose(value, 0.0) else WARN) for value, size in numbers]
    return [(f"{each.word:<8}", ""), (f"{place:>8}", ACCENT), *spans]


def _exact(value: float) -> str:
    return "0" if value == 0 else f"{value:.2f}"
