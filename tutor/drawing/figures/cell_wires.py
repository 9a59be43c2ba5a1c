"""The wiring of one unit of an LSTM, each value on its wire."""

from math import tanh

from tutor.drawing.canvas import Canvas
from tutor.drawing.characters import visible
from tutor.drawing.charset import Charset
from tutor.drawing.figures.cell_text import Moment
from tutor.drawing.rows import FAINT, SERIES, STRONG, Row

WIDTH, HEIGHT = 76, 13
SHUT, BAR = 0.1, 5
NAMES = {"f": "forget f", "i": "input i", "g": "candidate g", "o": "output o"}
COLUMNS = {"f": 21, "i": 32, "g": 43, "o": 56}
COLOURS = dict(zip("figo", SERIES, strict=True))
_TANH, _END, _JOIN = 63, 68, 17  # columns: where c goes down to tanh, where c and h leave, where x joins h


def draw_wires(moment: Moment, charset: Charset) -> list[Row]:
    """13 rows of 76 cells: c above from left to right, h and x below, the four gates between them."""
    canvas = Canvas(WIDTH, HEIGHT)
    _cell_state(canvas, moment)
    _hidden_state(canvas, moment)
    _inputs(canvas, moment, charset)
    for gate, column in COLUMNS.items():
        value, colour = moment.now(gate), COLOURS[gate]
        canvas.centred(7, column, signed(value) if gate == "g" else f"{value:.2f}", f"{STRONG} {colour}")
        canvas.centred(8, column, bar(value, charset, is_signed=gate == "g"), colour)
        canvas.centred(9, column, NAMES[gate], colour)
        canvas.put(10, column, "▲")
    return canvas.rows(charset)


def wire(gate: str, moment: Moment) -> str:
    """The style of what a gate multiplies with: faint when it is shut."""
    return f"{COLOURS[gate]} {FAINT}" if abs(moment.now(gate)) < SHUT else COLOURS[gate]


def signed(value: float) -> str:
    """Two places, with its sign; no minus before a zero."""
    return f"{value + 0.0:+.2f}".replace("-0.00", "+0.00")


def bar(value: float, charset: Charset, is_signed: bool = False) -> str:
    """How far a gate is open, in five cells; a candidate goes to either side of the middle."""
    if not is_signed:
        filled = round(min(max(value, 0.0), 1.0) * BAR)
        return charset.full * filled + charset.empty * (BAR - filled)
    half = BAR // 2
    filled = round(min(abs(value), 1.0) * half)
    side = charset.full * filled + charset.empty * (half - filled)
    nothing = charset.empty * half
    return f"{side[::-1] if value < 0 else nothing}│{nothing if value < 0 else side}"


def _cell_state(canvas: Canvas, moment: Moment) -> None:
    f, g = COLUMNS["f"], COLUMNS["g"]
    kept, added = moment.now("f") * moment.before("c"), moment.now("i") * moment.now("g")
    canvas.put(0, 0, "c[t-1]", STRONG)
    canvas.centred(0, f, "keeps", FAINT)
    canvas.centred(0, g, "adds", FAINT)
    canvas.put(0, _END + 2, "c[t]", STRONG)
    canvas.across(1, 8, f - 2, STRONG)
    canvas.put(1, 0, signed(moment.before("c")), STRONG)
    canvas.centred(1, f, "(×)", STRONG)
    canvas.across(1, f + 2, g - 2, wire("f", moment))
    canvas.centred(1, (f + g) // 2, f" {signed(kept)} ", STRONG)
    canvas.centred(1, g, "(+)", STRONG)
    canvas.across(1, g + 2, _END - 1, STRONG)
    canvas.put(1, _TANH, "┬", STRONG)
    canvas.put(1, _END, "▶", STRONG)
    canvas.put(1, _END + 2, signed(moment.now("c")), STRONG)
    canvas.put(2, f, "▲", wire("f", moment))
    canvas.down(f, 3, 6, wire("f", moment))
    canvas.put(2, g, "▲", wire("i", moment))
    canvas.put(2, g + 2, signed(added), STRONG)
    i = COLUMNS["i"]
    canvas.across(3, i + 1, g - 3, wire("i", moment))
    canvas.put(3, i, "┌", wire("i", moment))
    canvas.put(3, g - 2, "▶", wire("i", moment))
    canvas.down(i, 4, 6, wire("i", moment))
    canvas.centred(3, g, "(×)", STRONG)
    canvas.put(4, g, "▲", wire("g", moment))
    canvas.down(g, 5, 6, wire("g", moment))


def _hidden_state(canvas: Canvas, moment: Moment) -> None:
    o = COLUMNS["o"]
    canvas.put(2, _TANH, "▼")
    canvas.put(3, _TANH - 2, "tanh")
    canvas.down(_TANH, 4, 4)
    canvas.put(4, _TANH + 2, signed(tanh(moment.now("c"))))
    canvas.put(5, _TANH, "▼")
    canvas.put(6, o, "┌", wire("o", moment))
    canvas.across(6, o + 1, _TANH - 3, wire("o", moment))
    canvas.put(6, _TANH - 2, "▶", wire("o", moment))
    canvas.centred(6, _TANH, "(×)", STRONG)
    canvas.across(6, _TANH + 2, _END - 1, wire("o", moment))
    canvas.put(6, _END, "▶", wire("o", moment))
    canvas.put(5, _END + 2, "h[t]", STRONG)
    canvas.put(6, _END + 2, signed(moment.now("h")), STRONG)


def _inputs(canvas: Canvas, moment: Moment, charset: Charset) -> None:
    read = f"h of l{moment.layer - 1}" if moment.layer else f"'{visible(moment.text[moment.step], charset)}'"
    last = COLUMNS["o"]
    canvas.put(11, 0, "h[t-1]", STRONG)
    canvas.put(11, 7, signed(moment.before("h")), STRONG)
    canvas.across(11, 14, last - 1)
    for gate in "fig":
        canvas.put(11, COLUMNS[gate], "┴")
    canvas.put(11, last, "┘")
    canvas.put(11, _JOIN, "┬")
    canvas.put(11, last + 2, "all of h and x", FAINT)
    canvas.put(12, 0, "x[t]", STRONG)
    canvas.put(12, 7, read)
    canvas.across(12, 15, _JOIN - 1)
    canvas.put(12, _JOIN, "┘")
