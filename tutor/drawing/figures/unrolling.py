"""The figure of the lesson on recurrence: the unrolled net, its one set of weights, and one unit's sum in numbers."""

from collections.abc import Sequence
from typing import Protocol

from lessons.figures.unrolling import BIAS, INPUT_WEIGHTS, STATE_WEIGHTS, SYMBOLS
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, beside, fit, wrap

_MARKED = "bold cyan"
_LABEL = 8
_NUMBER = 6
_MOVED = 0.005  # below this the two digits on the screen are the same


class UnrollingState(Protocol):
    """The text, where it is looked at, and the numbers that go with it."""

    @property
    def text(self) -> str: ...
    @property
    def step(self) -> int: ...
    @property
    def unit(self) -> int: ...
    @property
    def states(self) -> Sequence[Sequence[float]]: ...
    @property
    def terms(self) -> Sequence[float]: ...
    @property
    def before(self) -> "UnrollingState": ...
    @property
    def shift(self) -> Sequence[float]: ...
    @property
    def shared(self) -> int: ...
    @property
    def own(self) -> int: ...
    @property
    def window(self) -> int: ...


def draw_unrolling(state: UnrollingState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The states over time, W, U and b with the row in use, the sum, and what there is to learn at this length."""
    rows = [*_states(state), _changed(state), *_weights(state, charset), [], *_sum(state, width), []]
    rows += _counts(state, width, charset)
    return [fit(row, width, charset.cut) for row in rows]


def _states(state: UnrollingState) -> list[Row]:
    """A column for each step; the chosen unit's number in brackets, those of the step before marked."""
    head: Row = [("step".ljust(_LABEL) + "     0", FAINT)]
    text: Row = [("reads".ljust(_LABEL) + " " * _NUMBER, FAINT)]
    for step, symbol in enumerate(state.text, 1):
        here = step == state.step
        head.append((f"{step:>{_NUMBER}}", STRONG if here else FAINT))
        text.append((f"{symbol:>{_NUMBER}}", _MARKED if here else ""))
    units = [_unit(state, unit) for unit in range(len(BIAS))]
    return [head, text, *units]


def _unit(state: UnrollingState, unit: int) -> Row:
    """The unit's number at every step; the chosen one stands in brackets, so that it is seen without colour."""
    row: Row = [(f"h[{unit}]".ljust(_LABEL), "")]
    chosen = state.step if unit == state.unit else None
    for step, numbers in enumerate(state.states):
        bracket = "[" if step == chosen else "]" if chosen is not None and step == chosen + 1 else " "
        row.append((bracket, ACCENT))
        row.append((f"{numbers[unit]:>{_NUMBER - 1}.2f}", _style(step == chosen, step == state.step - 1)))
    return [*row, ("]" if chosen == len(state.text) else " ", ACCENT)]


def _style(chosen: bool, used: bool) -> str:
    return _MARKED if chosen else ACCENT if used else ""


def _changed(state: UnrollingState) -> Row:
    """How far each state has moved since a character was changed; an empty row where none was."""
    if state.text == state.before.text:
        return []
    row: Row = [("moved".ljust(_LABEL), WARN)]
    return [*row, *((f"{by:>{_NUMBER}.2f}", WARN if by >= _MOVED else FAINT) for by in state.shift)]


def _weights(state: UnrollingState, charset: Charset) -> list[Row]:
    """W, U and b; what the chosen unit uses at this step is marked."""
    column = SYMBOLS.index(state.text[state.step - 1])
    w = _matrix("W for" + "".join(f"{symbol:>5}" for symbol in SYMBOLS), INPUT_WEIGHTS, state.unit, (column,))
    u = _matrix("U for h[0] h[1] h[2]", STATE_WEIGHTS, state.unit, range(len(BIAS)))
    b = _matrix("    b", tuple((value,) for value in BIAS), state.unit, (0,))
    pointers: list[Row] = [[("  ", "")]]
    pointers += [[(f"{charset.pointer if unit == state.unit else ' '} ", ACCENT)] for unit in range(len(BIAS))]
    return beside(beside(beside(pointers, w, 0), u, 2), b, 2)


def _matrix(title: str, numbers: Sequence[Sequence[float]], unit: int, used: Sequence[int]) -> list[Row]:
    rows: list[Row] = [[(title, FAINT)]]
    indent = " " * (5 if " for" in title else 0)
    for i, line in enumerate(numbers):
        row: Row = [(indent, "")]
        row += [(f"{value:>5.1f}", _MARKED if i == unit and j in used else "") for j, value in enumerate(line)]
        rows.append(row)
    return rows


def _sum(state: UnrollingState, width: int) -> list[Row]:
    """The chosen unit's state: in symbols, in numbers, and what comes out."""
    t, i, symbol = state.step, state.unit, state.text[state.step - 1]
    lead = f"h_{t}[{i}] = tanh("
    recurrent = " + ".join(f"U[{i},{j}] h_{t - 1}[{j}]" for j in range(len(BIAS)))
    rows = wrap(f"W[{i},{symbol}] + {recurrent} + b[{i}])", width, "", " " * len(lead), lead)
    before = state.states[t - 1]
    products = " + ".join(f"{_signed(u)} x {_signed(h, 2)}" for u, h in zip(STATE_WEIGHTS[i], before, strict=True))
    text = f"{_signed(state.terms[0])} + {products} + {_signed(state.terms[-1])})"
    rows += wrap(text, width, "", " " * len(lead), "= tanh(".rjust(len(lead)))
    text = f"tanh({sum(state.terms):.2f}) = {state.states[t][i]:.2f}"
    return [*rows, [("= ".rjust(len(lead) - 5), ""), (text, STRONG)]]


def _signed(value: float, digits: int = 1) -> str:
    return f"({value:.{digits}f})" if value < 0 else f"{value:.{digits}f}"


def _counts(state: UnrollingState, width: int, charset: Charset) -> list[Row]:
    """What there is to learn for a text of this length, in bars on one scale."""
    counts = {
        "W, U, b shared by all steps": state.shared,
        "of each step's own": state.own,
        "one layer over the window": state.window,
    }
    room = max(width - 36, 8)
    rows: list[Row] = []
    for (name, count), style in zip(counts.items(), (ACCENT, FAINT, FAINT), strict=True):
        bar = charset.full * max(1, round(room * count / max(counts.values())))
        rows.append([(f"{name:<28}", ""), (f"{count:>4} ", STRONG), (bar, style)])
    return rows
