"""The figure of the lesson on cell and hidden state: c and h of one unit over a text, and what c is a sum of."""

from lessons.figures.cell_memory import half_life, written_terms
from tutor.drawing.characters import visible
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.figures.cell_text import Moment, draw_awaited, draw_moment, first_shown
from tutor.drawing.figures.cell_wires import signed
from tutor.drawing.figures.strip import MARGIN, draw_strip
from tutor.drawing.rows import FAINT, SERIES, Row, fit, wrap

_TOLD = (
    "One unit of an LSTM cell over a text. You will see its cell state c and its hidden state h at each character, one "
    "strip above the other, and of which characters the c of one place is the sum."
)
C_ROWS, H_ROWS, TERM_ROWS = 5, 4, 3


def draw_two_strips(moment: Moment | None, run: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """c, h and the terms of c at the chosen character; in words until the numbers are there."""
    if moment is None:
        return [fit(row, width, charset.cut) for row in draw_awaited(run, _TOLD, width, charset)]
    room = width - MARGIN
    first = first_shown(moment, room)
    seen, here = slice(first, first + room), moment.step - first
    c, h = moment.over_time("c"), moment.over_time("h")
    terms = written_terms(moment.over_time("i"), moment.over_time("f"), moment.over_time("g"), moment.step)
    rows = draw_moment(moment, width, charset, MARGIN)
    rows += draw_strip("c", c[seen], (min(c), max(c)), C_ROWS, here, SERIES[3], charset)
    rows += draw_strip("h", h[seen], (-1.0, 1.0), H_ROWS, here, SERIES[1], charset)
    rows += draw_strip("+", terms[seen], (min(terms), max(terms)), TERM_ROWS, here, SERIES[2], charset)
    rows += [row for words in _said(moment) for row in wrap(charset.translate(words), width)]
    return [fit(row, width, charset.cut) for row in rows]


def draw_states(moment: Moment, width: int, charset: Charset = UNICODE, steps: int = 16) -> list[Row]:
    """c and h of one unit in numbers, a row for each of the first characters, and how far back c reaches."""
    rows: list[Row] = [[(f"{'step':>4}  reads {'c':>8}{'h':>8}   half or more is left of", FAINT)]]
    for step, symbol in enumerate(moment.text[:steps]):
        c, h = moment.over_time("c")[step], moment.over_time("h")[step]
        back = half_life(moment.over_time("f"), step)
        told = f"{step + 1:>4}  '{visible(symbol, charset)}'   {signed(c):>8}{signed(h):>8}   {_back(back)}"
        rows.append([(told, "")])
    return [fit(row, width, charset.cut) for row in rows]


def _said(moment: Moment) -> tuple[str, str]:
    c, h, o = (moment.now(name) for name in "cho")
    back = half_life(moment.over_time("f"), moment.step)
    carried = f"c = {signed(c)} is the sum of row +; half or more is left of {_back(back)}."
    return carried, f"h shows o tanh(c) = {o:.2f} × tanh({signed(c)}) = {signed(h)}."


def _back(characters: int) -> str:
    if characters == 0:
        return "this one"
    return f"the last {characters + 1}"
