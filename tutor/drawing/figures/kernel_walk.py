"""The figure of the convolution lesson: a kernel stepped over an image, with its products and their sum."""

from collections.abc import Sequence
from typing import Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, beside, cells, fit, wrap

_CELL = 4
_MARKED = "bold cyan"
_ROOMY = 64

Matrix = Sequence[Sequence[float]]


class KernelWalkState(Protocol):
    """Where the kernel stands: `row` and `column` are the output's, and the window's upper left corner."""

    @property
    def image(self) -> Matrix: ...
    @property
    def effective_kernel(self) -> Matrix: ...
    @property
    def products(self) -> Matrix: ...
    @property
    def output_so_far(self) -> Sequence[Sequence[float | None]]: ...
    @property
    def sum(self) -> float: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def flipped(self) -> bool: ...


def draw_kernel_walk(state: KernelWalkState, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The image with its window marked, kernel, products and output so far, then the sum spelled out."""
    kernel = state.effective_kernel
    window = (state.row, state.column, len(kernel), len(kernel[0]))
    flipped = "kernel, flipped" if width >= _ROOMY else "flipped"  # the long one would push the sum out of sight
    title = flipped if state.flipped else "kernel"
    parts = [
        _titled("image", _matrix(state.image, charset, window)),
        _titled(title, _matrix(kernel, charset)),
        _titled("products", _matrix(state.products, charset)),
        _titled("output", _matrix(state.output_so_far, charset, (state.row, state.column, 1, 1))),
    ]
    rows = _arranged(parts, width)
    rows += [[], *_sum_in_words(state, width, charset), *_meaning(state, width)]
    return [fit(row, width, charset.cut) for row in rows]


def _arranged(parts: list[list[Row]], width: int) -> list[Row]:
    """All four side by side where they fit, else kernel above products, else the image above the rest."""
    image, kernel, products, output = parts
    for rows in (
        beside(beside(image, kernel, 2), beside(products, output, 2), 2),
        beside(beside(image, [*kernel, *products], 1), output, 1),
    ):
        if max(map(cells, rows)) <= width:
            return rows
    return [*image, [], *beside(beside(kernel, products, 2), output, 2)]


def _titled(title: str, rows: list[Row]) -> list[Row]:
    return [[(f" {title}", FAINT)], *rows]


def _matrix(values: Sequence[Sequence[float | None]], charset: Charset, window: tuple | None = None) -> list[Row]:
    """Numbers in columns; the window stands in brackets, so that it is seen without colour too."""
    top, left, height, width = window or (0, 0, 0, 0)
    rows: list[Row] = []
    for i, line in enumerate(values):
        marked = range(left, left + width) if top <= i < top + height else range(0)
        row: Row = []
        for j, value in enumerate(line):
            row.append(("[" if marked and j == marked.start else "]" if marked and j == marked.stop else " ", ACCENT))
            row.append((_number(value, charset).rjust(_CELL - 1), _MARKED if j in marked else ""))
        row.append(("]" if marked and marked.stop == len(line) else " ", ACCENT))
        rows.append(row)
    return rows


def _sum_in_words(state: KernelWalkState, width: int, charset: Charset) -> list[Row]:
    """Every product of the window with both its factors, and what they add up to."""
    kernel, (r, c) = state.effective_kernel, (state.row, state.column)
    times = "·" if charset.unicode else "*"
    terms = [
        f"{_signed(state.image[r + u][c + v], charset)}{times}{_signed(weight, charset)}"
        for u, weights in enumerate(kernel)
        for v, weight in enumerate(weights)
    ]
    text = " + ".join(terms)
    lead = f" output[{r}, {c}] = "
    rows = wrap(text, width, indent=" " * len(lead), first=lead)
    rows.append([(f"{'=':>{len(lead) - 1}} {_number(state.sum, charset)}", STRONG)])
    return rows


def _meaning(state: KernelWalkState, width: int) -> list[Row]:
    if state.flipped:
        text = "Turned by 180 degrees first: true convolution, the course's formula."
    else:
        text = "Laid on as it is: cross-correlation, what networks compute."
    return wrap(text, width, FAINT, " ")


def _signed(value: float, charset: Charset) -> str:
    text = _number(value, charset)
    return f"({text})" if value < 0 else text


def _number(value: float | None, charset: Charset) -> str:
    return charset.later if value is None else f"{value + 0.0:g}"  # 0 added: no "-0"
