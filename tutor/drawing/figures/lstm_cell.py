"""The figure of the lesson on gates: one unit of an LSTM as it reads a text, and the same walk as a table."""

from tutor.drawing.characters import visible
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.figures.cell_text import NOT_YOURS, Moment, draw_awaited, draw_moment
from tutor.drawing.figures.cell_wires import COLOURS, NAMES, WIDTH, bar, draw_wires, signed
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap

STEPS_TOLD = 16
_TOLD = (
    "One unit of an LSTM cell as it reads a text character by character. You will see its four gates f, i, g, o on "
    "their wires, what is kept of the cell state c, what is added to it, and how much of it is shown as h."
)


def draw_lstm_cell(moment: Moment | None, run: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The wiring at one character, or on a narrow page one row for each gate; in words until the numbers are there."""
    if moment is None:
        return [fit(row, width, charset.cut) for row in draw_awaited(run, _TOLD, width, charset)]
    rows = draw_moment(moment, width, charset)
    rows += draw_wires(moment, charset) if width >= WIDTH else _gate_rows(moment, charset)
    rows += _equations(moment, width, charset)
    return [fit(row, width, charset.cut) for row in rows]


def draw_walk(moment: Moment, width: int, charset: Charset = UNICODE, steps: int = STEPS_TOLD) -> list[Row]:
    """The gates and states of one unit, a row for each of the first characters."""
    unit = moment.answer["units"][moment.rank]
    whose = moment.answer["cell"] or NOT_YOURS
    head = f"{'step':>4}  {'reads':5}{'i':>7}{'f':>7}{'g':>7}{'o':>7}{'c':>8}{'h':>7}"
    rows: list[Row] = [*wrap(f"Unit {unit} of {whose}, step by step:", width, FAINT), [(head, STRONG)]]
    for step, symbol in enumerate(moment.text[:steps]):
        i, f, g, o, c, h = (moment.over_time(name)[step] for name in "ifgoch")
        gates = f"{i:>7.2f}{f:>7.2f}{signed(g):>7}{o:>7.2f}"
        rows.append([(f"{step + 1:>4}  '{visible(symbol, charset)}'  {gates}{signed(c):>8}{signed(h):>7}", "")])
    return [fit(row, width, charset.cut) for row in rows]


def _equations(moment: Moment, width: int, charset: Charset) -> list[Row]:
    f, i, g, o = (moment.now(name) for name in "figo")
    c, h, old = moment.now("c"), moment.now("h"), moment.before("c")
    kept = f"{f:.2f} × {signed(old)} + {i:.2f} × {signed(g)} = {signed(c)}"
    shown = f"{o:.2f} × tanh({signed(c)}) = {signed(h)}"
    names = ("f c[t-1] + i g = ", "o tanh(c[t])   = ") if width >= WIDTH else ("", "")
    kept, shown = f"c[t] = {names[0]}{kept}", f"h[t] = {names[1]}{shown}"
    return [[(charset.translate(words), "")] for words in (kept, shown)]


def _gate_rows(moment: Moment, charset: Charset) -> list[Row]:
    """The wires one below the other, for a page that the wiring does not fit on."""
    rows: list[Row] = [[(f"c[t-1] {signed(moment.before('c')):>7}   h[t-1] {signed(moment.before('h')):>7}", STRONG)]]
    for gate, name in NAMES.items():
        value = moment.now(gate)
        number = signed(value) if gate == "g" else f"{value:.2f}"
        drawn = charset.translate(bar(value, charset, is_signed=gate == "g"))
        rows.append([(f"{name:12}{number:>6}  ", COLOURS[gate]), (drawn, COLOURS[gate])])
    rows.append([(f"c[t]   {signed(moment.now('c')):>7}   h[t]   {signed(moment.now('h')):>7}", STRONG)])
    return rows
