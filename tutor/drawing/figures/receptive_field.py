"""The figure of the receptive field lesson: a stack of layers, what one output sees, and how its paths spread."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Protocol

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, BAD, FAINT, STRONG, Row, Span, cells, fit, merge, wrap
from tutor.drawing.shades import PALETTE, RAMP, Scale

_ALL_SHOWN = 9  # layers; of more the middle ones are left out
_HEAD = " layer   k s d  jump field  "
_SEEN, _OUTSIDE, _HOLE = "█", "░", "·"
_SHARES = Scale(0.0, 1.0)


class StepOfStack(Protocol):
    """One layer."""

    @property
    def kind(self) -> str: ...
    @property
    def kernel_size(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def dilation(self) -> int: ...


class StackState(Protocol):
    """The layers, and the field of one number of the topmost map."""

    @property
    def steps(self) -> Sequence[StepOfStack]: ...
    @property
    def rows(self) -> Sequence[dict[str, Any]]: ...
    @property
    def field(self) -> int: ...
    @property
    def jump(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def place(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def image_size(self) -> int: ...
    @property
    def in_padding(self) -> int: ...
    @property
    def paths(self) -> Sequence[int]: ...
    @property
    def spread(self) -> float: ...

    def width_of(self, share: float) -> int: ...
    def seen_in(self, map_index: int) -> tuple[Sequence[int], int]: ...


def draw_receptive_field(state: StackState, width: int, charset: Charset = UNICODE, note: str = "") -> list[Row]:
    """The layers from the topmost down, each with what the output sees of its map; then image, paths and numbers."""
    room = max(width - len(_HEAD), 8)
    block = ceil(state.field / room)
    head = f"seen of each map; a cell is {block} pixels" if block > 1 else "what one output sees of each map"
    rows: list[Row] = [[(_HEAD, FAINT), (head if cells([(head, "")]) <= room else "", FAINT)]]
    for index in _shown(len(state.steps)):
        if index is None:
            rows.append([(f"  {charset.later * 3} {len(state.steps) - _ALL_SHOWN + 1} more".ljust(len(_HEAD)), FAINT)])
        else:
            rows.append([*_numbers(state, index), (_map(state, index + 1, block, charset), ACCENT)])
    rows.append([*_in_columns(" image", 1, 1), *_image(state, block, charset)])
    many = RAMP[-1] if charset.shading == "glyphs" else "bright"
    rows.append([(f" paths, {many} where many".ljust(len(_HEAD)), FAINT), *_shades(state, block, charset)])
    rows = [fit(row, width, charset.cut) for row in rows]
    words = [*_in_words(state, width), *(wrap(note, width, BAD, " ") if note else [])]
    return [*rows, *(fit(row, width, charset.cut) for row in [[], *words])]


def _shown(count: int) -> list[int | None]:
    """The layers from the topmost down; None for those that are left out in the middle."""
    if count <= _ALL_SHOWN:
        return list(reversed(range(count)))
    below = _ALL_SHOWN // 2
    return [*reversed(range(count - below, count)), None, *reversed(range(_ALL_SHOWN - below - 1))]


def _numbers(state: StackState, index: int) -> Row:
    step, after = state.steps[index], state.rows[index]
    text = f"{index + 1:>3} {step.kind:<4} {step.kernel_size:>1} {step.stride} {step.dilation}"
    return _in_columns(text, after["jump"], after["field"])


def _in_columns(text: str, jump: int, field: int) -> Row:
    """A line of the table, as wide as its head."""
    return [(f"{text:<14} {jump:>5} ", ""), (f"{field:>5}", STRONG), ("  ", "")]


def _map(state: StackState, index: int, block: int, charset: Charset) -> str:
    """The numbers of one map at the middles of their own fields; those between them that are not seen as holes."""
    middles, jump = state.seen_in(index)
    line = [" "] * ceil(state.field / block)
    for middle in range(middles[0], middles[-1] + 1, 2 * jump):
        line[middle // 2 // block] = charset.translate(_HOLE)
    for middle in middles:
        line[middle // 2 // block] = charset.translate(_SEEN)
    return "".join(line)


def _image(state: StackState, block: int, charset: Charset) -> Row:
    """The pixels that are seen, and the places of the field that are padding."""
    row: Row = []
    for begin in range(0, state.field, block):
        places = range(begin, min(begin + block, state.field))
        if not any(state.paths[place] for place in places):
            row.append((charset.translate(_HOLE), FAINT))
        elif any(0 <= state.start + place < state.image_size for place in places):
            row.append((charset.translate(_SEEN), STRONG))
        else:
            row.append((charset.translate(_OUTSIDE), FAINT))
    return merge(row)


def _shades(state: StackState, block: int, charset: Charset) -> Row:
    """The share of all paths that begins in each cell; blank where none does."""
    sums = [sum(state.paths[begin : begin + block]) for begin in range(0, state.field, block)]
    shares = [count / max(sums) for count in sums]  # exact numbers of paths may be too large for a float
    return merge([_shade(share, charset) if count else (" ", "") for share, count in zip(shares, sums, strict=True)])


def _shade(share: float, charset: Charset) -> Span:
    """One of the shades; the ramp's blank is left to cells without a path."""
    if charset.shading == "glyphs":
        return RAMP[1 + (_SHARES.level(share, len(RAMP) - 1) or 0)], ""
    return " ", f"on color({PALETTE[_SHARES.level(share, len(PALETTE)) or 0]})"


def _in_words(state: StackState, width: int) -> list[Row]:
    end = state.start + state.field - 1
    text = f"Number {state.place} of {state.size} sees pixels {state.start} to {end}; "
    text += f"the next begins {state.jump} further."
    if state.in_padding:
        text += f" {state.in_padding} of these {state.field} places are padding."
    rows = wrap(text, width, "", " ")
    middle, half = state.width_of(0.95), state.width_of(0.5)
    text = (
        f"Field {state.field}. 95% of the paths lie in the middle {middle}, half of them in the middle {half}; spread "
    )
    return [*rows, *wrap(f"{text}{state.spread:.2f}.", width, STRONG, " ")]
