"""The figure of the lesson on attention: Q, K and V, what a step gives for all rows, and one row's arithmetic."""

import math
from collections.abc import Sequence
from typing import Protocol

from lessons.figures.four_steps import TOKENS
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, beside, fit, wrap

_MARKED = "bold cyan"
_LABEL = 6
_PRODUCT = 26
_WIDE = 70  # from here on all rows of the step stand beside Q, K and V
_TITLES = ("all rows of Q K^T", "all rows / sqrt(d_k)", "all rows of shares W", "all rows of W V")
_WORDS = (
    'Step 1 of 4, Q K^T: how well does the query of "{row}" fit each key?',
    "Step 2 of 4, / sqrt(d_k): the same order, brought closer together.",
    "Step 3 of 4, softmax: exp over the row's sum, shares that add up to 1.",
    'Step 4 of 4, x V: the values mixed by these shares are what "{row}" gets.',
)

Grid = Sequence[Sequence[float]]


class FourStepsState(Protocol):
    """The entries, where it is looked, and what each step gives."""

    @property
    def q(self) -> Grid: ...
    @property
    def k(self) -> Grid: ...
    @property
    def v(self) -> Grid: ...
    @property
    def row(self) -> int: ...
    @property
    def step(self) -> int: ...
    @property
    def place(self) -> tuple[int, int]: ...
    @property
    def root(self) -> float: ...
    @property
    def entries(self) -> Grid: ...
    @property
    def results(self) -> Sequence[Grid]: ...
    @property
    def before(self) -> "FourStepsState": ...


def draw_four_steps(state: FourStepsState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Entries above, the row's sums below, as far as the step has come; what an edit has moved carries a star."""
    rows = wrap(_WORDS[state.step - 1].format(row=TOKENS[state.row]), width, STRONG)
    top = _entries(state, charset)
    if width >= _WIDE:
        top = beside([[], *top], _whole(state), 2)
    rows += [[], *top, [], *_arithmetic(state, width >= _WIDE), []]
    rows += wrap(_note(state), width, FAINT)
    return [fit(row, width, charset.cut) for row in rows]


def _entries(state: FourStepsState, charset: Charset) -> list[Row]:
    """Q, K and V; the entry that can be edited stands in brackets."""
    head: Row = [(" " * _LABEL, ""), *((f"{name:>8}{'':5}", FAINT) for name in ("Q", "K", "V"))]
    old, rows = state.before.entries, [head]
    for i, (name, line) in enumerate(zip(TOKENS, state.entries, strict=True)):
        here = i == state.row
        row: Row = [(f"{charset.pointer if here else ' '}{name:<{_LABEL - 1}}", _MARKED if here else "")]
        for j, value in enumerate(line):
            chosen = (i, j) == state.place
            text = f"[{value:.1f}]" if chosen else f"{value:.1f} "
            row.append((f"{text:>6}", _MARKED if chosen else WARN if value != old[i][j] else ""))
            row.append((" " if j % 2 else "", ""))
        rows.append(row)
    return rows


def _whole(state: FourStepsState) -> list[Row]:
    """What the step gives for all four queries."""
    now, old = state.results[state.step - 1], state.before.results[state.step - 1]
    keys = "".join(f"{name:>6} " for name in TOKENS) if state.step < len(_TITLES) else ""
    rows: list[Row] = [[(f"   {_TITLES[state.step - 1]}", FAINT)], [(keys, FAINT)]]
    for i, line in enumerate(now):
        style = _MARKED if i == state.row else ""
        rows.append([_number(value, was, 6, style) for value, was in zip(line, old[i], strict=True)])
    return rows


def _arithmetic(state: FourStepsState, with_products: bool) -> list[Row]:
    """A row for each key: the product, and what the steps make of it; below them the sums."""
    i, step = state.row, state.step
    s, scaled, w, y = (result[i] for result in state.results)
    was_s, was_scaled, was_w, was_y = (result[i] for result in state.before.results)
    head = f"{'key':<{_LABEL}}" + (f"{'query x key':^{_PRODUCT}}" if with_products else "") + f"{'q.k':>6} "
    head += "".join((f"{f'/{state.root:.2f}':>6} ", f"{'exp':>8}{'share':>6} ", f"{'share x value':>13}")[: step - 1])
    rows: list[Row] = [[(head, FAINT)]]
    for j, name in enumerate(TOKENS):
        row: Row = [(f"{name:<{_LABEL}}", "")]
        if with_products:
            row.append((f"{_product(state.q[i], state.k[j]):<{_PRODUCT}}", FAINT if step > 1 else ""))
        row.append(_number(s[j], was_s[j], 6, _of(step, 1)))
        if step >= 2:
            row.append(_number(scaled[j], was_scaled[j], 6, _of(step, 2)))
        if step >= 3:
            row += [(f"{_short(math.exp(scaled[j])):>8}", ""), _number(w[j], was_w[j], 5, _of(step, 3))]
        if step >= 4:
            row += [_number(w[j] * a, was_w[j] * b, 6, "") for a, b in zip(state.v[j], state.before.v[j], strict=True)]
        rows.append(row)
    return [*rows, _sums(state, (w, was_w), (y, was_y), with_products)]


def _sums(
    state: FourStepsState,
    shares: tuple[Sequence[float], Sequence[float]],
    outputs: tuple[Sequence[float], Sequence[float]],
    with_products: bool,
) -> Row:
    """What is added up: the powers and the shares at step 3, the output at step 4."""
    if state.step < 3:
        return []
    lead = _LABEL + (_PRODUCT if with_products else 0) + 14
    powers = sum(math.exp(value) for value in state.results[1][state.row])
    row: Row = [(f"{'sum':<{lead}}", FAINT), (f"{_short(powers):>8}", "")]
    row.append(_number(sum(shares[0]), sum(shares[1]), 5, ""))
    if state.step == 4:
        row += [_number(a, b, 6, STRONG) for a, b in zip(*outputs, strict=True)]
    return row


def _note(state: FourStepsState) -> str:
    token, column = state.place
    name = f"{'QKV'[column // 2]}[{TOKENS[token]}, {column % 2}]"
    old, now = state.before.entries[token][column], state.entries[token][column]
    was = f", was {old:.1f}" if old != now else ""
    moved = " A star marks what has moved." if state.entries != state.before.entries else ""
    return f"{name} = {now:.1f}{was}.{moved}"


def _product(q: Sequence[float], k: Sequence[float]) -> str:
    return " + ".join(f"{a:>4.1f} x {b:>4.1f}" for a, b in zip(q, k, strict=True))


def _number(value: float, was: float, width: int, style: str) -> tuple[str, str]:
    """Two digits and a place for the star of what an edit has moved."""
    moved = abs(value - was) > 0.005
    return f"{value + 0.0:>{width}.2f}{'*' if moved else ' '}", WARN if moved and not style else style


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 1000 else f"{value:.1e}"


def _of(step: int, column: int) -> str:
    return ACCENT if step == column else ""
