"""The figure of the lesson on 3x3: the field of a stack, layer by layer, and its cost beside one large kernel's."""

from collections.abc import Sequence
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, SERIES, STRONG, Row, beside, fit

_LABEL = 15  # of a bar
_NUMBERS = 20  # behind it
_NARROW = 76
_TALLEST_WITH_GAP = 12


class Stack(Protocol):
    """What a sequence of layers sees and costs."""

    @property
    def kernels(self) -> tuple[int, ...]: ...
    @property
    def fields(self) -> tuple[int, ...]: ...
    @property
    def parameters(self) -> int: ...
    @property
    def multiply_adds(self) -> int: ...
    @property
    def non_linearities(self) -> int: ...
    @property
    def kept(self) -> int: ...


class StackAgainstOneState(Protocol):
    """The field that all stacks have in common, and which of them is chosen."""

    @property
    def field(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def stacks(self) -> Sequence[Stack]: ...
    @property
    def one(self) -> Stack: ...
    @property
    def chosen(self) -> Stack: ...


def draw_stack_against_one(state: StackAgainstOneState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The field with its rings beside a table of all stacks, then the chosen one's cost in bars."""
    rows = beside(_field(state.chosen), _table(state, width, charset), 2)
    gap: list[Row] = [[]] if len(rows) < _TALLEST_WITH_GAP else []
    rows = [*rows, *gap, *_bars(state, width, charset)]
    return [fit(row, width, charset.cut) for row in rows]


def _field(stack: Stack) -> list[Row]:
    """Each pixel of the field with the number of layers, counted back from the output, that it takes to reach it."""
    reaches = [(field - 1) // 2 for field in _growing_back(stack)]
    reach = reaches[-1]
    rows: list[Row] = []
    for i in range(-reach, reach + 1):
        row: Row = [(" ", "")]
        for j in range(-reach, reach + 1):
            layer = next(number for number, seen in enumerate(reaches) if max(abs(i), abs(j)) <= seen)
            row.append((f"{layer or 'o'} ", STRONG if layer == 0 else SERIES[(layer - 1) % len(SERIES)]))
        rows.append(row)
    return [[(f" seen by o: {2 * reach + 1}x{2 * reach + 1}", FAINT)], *rows]


def _growing_back(stack: Stack) -> list[int]:
    """The field seen from the output: itself, one layer back, two layers back ..."""
    fields = [1]
    for kernel in reversed(stack.kernels):
        fields.append(fields[-1] + kernel - 1)
    return fields


def _table(state: StackAgainstOneState, width: int, charset: Charset) -> list[Row]:
    """One row for each stack that sees the field; the pointer stands at the chosen one."""
    narrow = width < _NARROW
    title = f"{state.channels} channels in and out, {state.size}x{state.size}" + ("" if narrow else ", no biases")
    head = ["weights", "ReLUs"] if narrow else ["field after", "weights", "mult-adds", "ReLUs"]
    rows: list[Row] = [[(title, FAINT)], [], _line("   ", "kernels", head, STRONG)]
    for stack in state.stacks:
        chosen = stack.kernels == state.chosen.kernels
        numbers = [f"{stack.parameters:,}", str(stack.non_linearities)]
        if not narrow:
            numbers[1:1] = [_short(stack.multiply_adds)]
            numbers[0:0] = [" ".join(map(str, stack.fields))]
        mark = f" {charset.pointer if chosen else ' '} "
        rows.append(_line(mark, "-".join(map(str, stack.kernels)), numbers, STRONG if chosen else ""))
    return rows


def _line(mark: str, kernels: str, numbers: list[str], style: str) -> Row:
    """The numbers right-aligned in their columns; a narrow table has weights and ReLUs only."""
    widths = (11, 11, 10, 6) if len(numbers) == 4 else (11, 6)
    columns = "".join(number.rjust(size) for number, size in zip(numbers, widths, strict=True))
    return [(mark, ACCENT), (f"{kernels:<9}{columns}", style)]


def _bars(state: StackAgainstOneState, width: int, charset: Charset) -> list[Row]:
    one, chosen = state.one, state.chosen
    layers = f"{len(chosen.kernels)} layer{'s' * (len(chosen.kernels) > 1)}"
    length = max(width - _LABEL - _NUMBERS, 8)
    weights = _pair("weights, multiply-adds", layers, (one.parameters, chosen.parameters), length, charset)
    return [*weights, *_pair("outputs kept for backward", layers, (one.kept, chosen.kept), length, charset)]


def _pair(title: str, layers: str, values: tuple[int, int], length: int, charset: Charset) -> list[Row]:
    """The one kernel's bar above the stack's, on one scale."""
    one, stack = values
    rows: list[Row] = [[(f" {title}", FAINT)]]
    for name, value, style, share in (
        ("one kernel", one, FAINT, ""),
        (layers, stack, ACCENT, f"  {100 * stack / one:.0f} %"),
    ):
        bar = charset.full * max(1, round(length * value / max(values)))
        rows.append([(f"   {name:<12}", ""), (bar, style), (f" {value:,}{share}", "")])
    return rows


def _short(number: int) -> str:
    """A large count in thousands, millions or thousands of millions."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.1f} {letter}"
    return str(number)
