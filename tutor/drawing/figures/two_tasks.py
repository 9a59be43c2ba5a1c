"""The figure of the lesson on heads: two questions, one row of weights or two, and what is missed."""

from collections.abc import Sequence
from typing import Protocol

from lessons.figures.two_tasks import LEANS, LETTERS
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, GOOD, STRONG, WARN, Row, fit, wrap

_MARKED = "bold cyan"
_NAME = 10
_CELL = 6
_LEAN = 5
_SEEN = 0.005  # below this a weight is 0.00


class HeadState(Protocol):
    """A row of weights and what it brings."""

    @property
    def weights(self) -> Sequence[float]: ...
    @property
    def brought(self) -> float: ...
    def read(self, target: int) -> float: ...
    def missing(self, target: int) -> float: ...


class TwoTasksState(Protocol):
    """The token that asks, what it asks for, and the heads."""

    @property
    def token(self) -> int: ...
    @property
    def lean(self) -> int: ...
    @property
    def values(self) -> Sequence[float]: ...
    @property
    def targets(self) -> tuple[int, int]: ...
    @property
    def one_head(self) -> HeadState: ...
    @property
    def two_heads(self) -> tuple[HeadState, HeadState]: ...
    @property
    def trade_off(self) -> Sequence[tuple[float, float]]: ...
    @property
    def parameters(self) -> int: ...


def draw_two_tasks(state: TwoTasksState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Weights, what is read from what they bring, and how the one head's lean divides what it misses."""
    before, partner = state.targets
    names = [f"{letter}{value:.0f}" for letter, value in zip(LETTERS, state.values, strict=True)]
    head = f"{names[state.token]} asks for two values: before it {names[before]}, its partner {names[partner]}"
    rows = [*wrap(head, width, STRONG), [], _tokens(state, names)]
    rows.append(_weights("one head", state.one_head, state.targets))
    for number, (each, target) in enumerate(zip(state.two_heads, state.targets, strict=True), 1):
        rows.append(_weights(f"two: {number}", each, (target,)))
    rows += [[], *_readings(state, names), [], *_trade_off(state, width), []]
    rows += wrap(f"4 d^2 = {state.parameters} parameters with one head and with two.", width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _tokens(state: TwoTasksState, names: Sequence[str]) -> Row:
    row: Row = [("weights".ljust(_NAME), FAINT)]
    for place, name in enumerate(names):
        here = place == state.token
        row.append((f"{f'[{name}]' if here else f'{name} ':>{_CELL}}", _MARKED if here else ""))
    return [*row, (f"{'brings':>9}", FAINT)]


def _weights(name: str, head: HeadState, targets: Sequence[int]) -> Row:
    row: Row = [(name.ljust(_NAME), "")]
    for place, weight in enumerate(head.weights):
        style = _MARKED if place in targets and weight >= _SEEN else FAINT if weight < _SEEN else ""
        row.append((f"{weight:>{_CELL - 1}.2f} ", style))
    return [*row, (f"{head.brought:>9.2f}", STRONG)]


def _readings(state: TwoTasksState, names: Sequence[str]) -> list[Row]:
    """What a linear readout makes of what was brought, and how much of the variance it misses over all values."""
    rows: list[Row] = [[(f"{'asked for':<14}{'one head reads':>15}{'misses':>8}{'two read':>11}{'miss':>8}", FAINT)]]
    sums = [0.0, 0.0]
    for task, target, own in zip(("before", "partner"), state.targets, state.two_heads, strict=True):
        one = state.one_head
        missed = (one.missing(target), own.missing(target))
        sums = [total + each for total, each in zip(sums, missed, strict=True)]
        row: Row = [(f"{task:<9}{names[target]:<5}", ""), (f"{one.read(target):>15.2f}", ""), _missed(missed[0])]
        rows.append([*row, (f"{own.read(target):>11.2f}", ""), _missed(missed[1])])
    return [*rows, [(f"{'both':<29}", ""), _missed(sums[0]), (" " * 11, ""), _missed(sums[1])]]


def _missed(share: float) -> tuple[str, str]:
    return f"{share:>8.0%}", WARN if share >= _SEEN else GOOD


def _trade_off(state: TwoTasksState, width: int) -> list[Row]:
    """What one head misses at every lean, from all for the partner to all for the token before."""
    stride = 1 if width >= _NAME + _LEAN * len(LEANS) else 2
    shown = [*zip(LEANS, state.trade_off, strict=True)][::stride]
    here = state.lean
    lean: Row = [("lean".ljust(_NAME), FAINT)]
    lean += [
        (f"{each:>+{_LEAN}d}" if each else f"{0:>{_LEAN}}", _MARKED if each == here else FAINT) for each, _ in shown
    ]
    rows = [lean]
    for number, name in enumerate(("before", "partner")):
        row: Row = [(name.ljust(_NAME), "")]
        rows.append([*row, *((f"{pair[number]:>{_LEAN}.0%}", _MARKED if each == here else "") for each, pair in shown)])
    total: Row = [("both".ljust(_NAME), "")]
    return [*rows, [*total, *((f"{sum(pair):>{_LEAN}.0%}", _MARKED if each == here else WARN) for each, pair in shown)]]
