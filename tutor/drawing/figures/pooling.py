"""The figure of the pooling lesson: a window on a map, what it gives, and where its gradient goes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, GOOD, STRONG, Row, beside, cells, fit, wrap

_MARKED = "bold cyan"
_WINNER = f"{STRONG} {GOOD}"

Number = Fraction | int
Numbers = Sequence[Sequence[Number | None]]
Window = tuple[range, range]
Place = tuple[int, int]


class PoolingState(Protocol):
    """Where the window stands, and the numbers that go with it."""

    @property
    def x(self) -> Numbers: ...
    @property
    def dy(self) -> Numbers: ...
    @property
    def kind(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def padding(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def moved(self) -> int: ...
    @property
    def backward(self) -> bool: ...
    @property
    def rows(self) -> range: ...
    @property
    def columns(self) -> range: ...
    @property
    def values(self) -> Sequence[int]: ...
    @property
    def winner(self) -> Place | None: ...
    @property
    def value(self) -> Number: ...
    @property
    def output_so_far(self) -> Numbers: ...
    @property
    def dx_so_far(self) -> Numbers: ...
    @property
    def kept(self) -> int: ...
    @property
    def moved_along(self) -> int | None: ...


def draw_pooling(state: PoolingState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The map with its window and winner, the output so far, and backwards dy and the dx that has arrived."""
    window, here = (state.rows, state.columns), (range(state.row, state.row + 1), range(state.column, state.column + 1))
    image = _titled("map x", _matrix(state.x, charset, window, 3, state.winner, "*"))
    output = _titled("output y", _matrix(state.output_so_far, charset, here, 5))
    parts = [image, output]
    if state.backward:
        dy = _titled("dL/dy", _matrix(state.dy, charset, here, 5))
        dx = _titled("dL/dx so far", _matrix(state.dx_so_far, charset, window, 3, state.winner))
        parts = [image, [*output, [], *dy], dx]
    rows = [*_arranged(parts, width), [], *_in_words(state, width, charset)]
    return [fit(row, width, charset.cut) for row in rows]


def _arranged(parts: list[list[Row]], width: int) -> list[Row]:
    """Side by side where they fit, else the first two, else one below the other."""
    rows = parts[0]
    for part in parts[1:]:
        joined = beside(rows, part, 2)
        rows = joined if max(map(cells, joined)) <= width else [*rows, [], *part]
    return rows


def _titled(title: str, rows: list[Row]) -> list[Row]:
    return [[(f" {title}", FAINT)], *rows]


def _matrix(
    values: Numbers, charset: Charset, window: Window, size: int, winner: Place | None = None, mark: str = ""
) -> list[Row]:
    """Numbers in columns; the window in brackets and the winner with its mark, so that both are seen without colour."""
    rows: list[Row] = []
    for i, line in enumerate(values):
        marked = window[1] if i in window[0] else range(0)
        row: Row = []
        for j, value in enumerate(line):
            row.append(("[" if marked and j == marked.start else "]" if marked and j == marked.stop else " ", ACCENT))
            text = number(value, charset)
            if (i, j) == winner:
                row.append((f"{mark}{text}".rjust(size), _WINNER))
            else:
                row.append((text.rjust(size), _MARKED if j in marked else ""))
        row.append(("]" if marked and marked.stop == len(line) else " ", ACCENT))
        rows.append(row)
    return rows


def _in_words(state: PoolingState, width: int, charset: Charset) -> list[Row]:
    """What the window does, in numbers; then the gradient's way back, then what moving the map has changed."""
    values = ", ".join(str(value) for value in state.values)
    lead = f" y[{state.row}, {state.column}] = "
    if state.winner:
        text = f"max({values}) = {number(state.value, charset)}"
    else:
        text = f"({_sum(state.values)}) / {len(state.values)} = {number(state.value, charset)}"
    rows = wrap(text, width, STRONG, " " * len(lead), lead)
    if left_out := state.size**2 - len(state.values):
        rows += wrap(
            f"{left_out} of {state.size**2} places are padding: they neither win nor count.", width, FAINT, " "
        )
    rows += _way_back(state, width, charset) if state.backward else _losers(state, width)
    if state.moved:
        outputs = sum(map(len, state.output_so_far))
        text = f"Map moved by {state.moved} to the right: {state.kept} of {outputs} outputs are what they were"
        if state.moved_along is not None:
            text += f", {state.moved_along} of {outputs} are what stood {state.moved // state.stride} further left"
        text += "."
        rows += wrap(text, width, "", " ")
    padding = f", padding {state.padding}" if state.padding else ""
    text = f"{state.kind} of {state.size}x{state.size}, stride {state.stride}{padding}"
    return [*rows, *wrap(text, width, FAINT, " ")]


def _losers(state: PoolingState, width: int) -> list[Row]:
    if not state.winner:
        return wrap("Every pixel has its share; which number came from where is lost.", width, "", " ")
    a, b = state.winner
    return wrap(f"*x[{a}, {b}] wins; the other {len(state.values) - 1} leave no trace.", width, "", " ")


def _way_back(state: PoolingState, width: int, charset: Charset) -> list[Row]:
    gradient = state.dy[state.row][state.column] or 0
    if state.winner:
        a, b = state.winner
        text = f"dL/dx[{a}, {b}] += {gradient}: the winner takes all of dL/dy[{state.row}, {state.column}]"
        equal = state.values.count(max(state.values))
        text += f"; {equal} are equal, and the first of them wins." if equal > 1 else "."
    else:
        share = number(Fraction(gradient, len(state.values)), charset)
        text = f"dL/dx += {gradient} / {len(state.values)} = {share} at every pixel of the window."
    rows = wrap(text, width, "", " ")
    sent = [value or 0 for line in state.dy for value in line][: state.row * len(state.dy[0]) + state.column + 1]
    arrived = sum(value or 0 for line in state.dx_so_far for value in line)
    return [*rows, *wrap(f"Sent back so far: {sum(sent)}. Arrived in dL/dx: {arrived}.", width, FAINT, " ")]


def _sum(values: Sequence[int]) -> str:
    return " + ".join(f"({value})" if value < 0 else str(value) for value in values)


def number(value: Number | None, charset: Charset) -> str:
    """Whole, or with two digits; a sign of its own for what is still to come."""
    if value is None:
        return charset.later
    return str(value) if value == int(value) else f"{float(value):.2f}"
