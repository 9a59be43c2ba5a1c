import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.cell_text import Moment
from tutor.drawing.figures.cell_wires import bar, signed
from tutor.drawing.figures.lstm_cell import draw_lstm_cell, draw_walk
from tutor.drawing.figures.two_strips import draw_two_strips
from tutor.drawing.rows import cells, plain

SIGNALS = {
    "i": [[0.5, 0.25, 1.0]],
    "f": [[0.75, 0.5, 0.05]],
    "g": [[0.8, -0.4, 0.6]],
    "o": [[1.0, 0.5, 0.0]],
    "c": [[0.4, 0.1, 0.605]],
    "h": [[0.38, 0.05, 0.0]],
}
ANSWER = {
    "settings": {"run": "", "layer": 0, "text": 0},
    "cell": "",
    "layers": 1,
    "texts": 5,
    "text": "a\nb",
    "expects": [["x", 0.5], ["y", 0.25], ["z", 0.125]],
    "hidden": 16,
    "units": [7],
    "signals": SIGNALS,
}

STRIP = ["   +0.6   #", "        . #", "c       # #", "        # #", "      0 ###"]


def drawn(step: int, width: int = 76, charset=ASCII, draw=draw_lstm_cell, answer=ANSWER) -> list[str]:
    rows = draw(Moment(answer, 0, step), "", width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_each_value_stands_on_its_wire():
    rows = drawn(1)
    assert rows[0] == f"{'a small cell trained just now, not yours yet: unit 7 of 16':73}2/3"
    assert rows[1] == "a/b"
    assert rows[2] == " ^ reads '/', expects 'y' with 0.25"
    assert rows[4] == "+0.40   ------------(x)------ +0.20 ------(+)------------------+----> +0.10"
    assert rows[5].split() == ["^", "^", "-0.10", "v"]
    assert rows[10].split() == ["0.50", "0.25", "-0.40", "0.50"]
    assert rows[12].split() == ["forget", "f", "input", "i", "candidate", "g", "output", "o"]
    assert rows[14].startswith("h[t-1] +0.38")
    assert rows[16:] == [
        "c[t] = f c[t-1] + i g = 0.50 x +0.40 + 0.25 x -0.40 = +0.10",
        "h[t] = o tanh(c[t])   = 0.50 x tanh(+0.10) = +0.05",
    ]


def test_before_the_first_character_both_states_are_0():
    rows = drawn(0)
    assert rows[4].startswith("+0.00 ")
    assert rows[14].startswith("h[t-1] +0.00")


def test_a_wire_of_a_shut_gate_is_faint():
    def style_of(step: int, row: int, sign: str) -> str:
        drawn = draw_lstm_cell(Moment(ANSWER, 0, step), "", 76, UNICODE)[row]
        return next(style for text, style in drawn if sign in text)

    assert "dim" in style_of(2, 5, "▲")  # f = 0.05
    assert "dim" not in style_of(1, 5, "▲")


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("draw", [draw_lstm_cell, draw_two_strips])
@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("large", [False, True])
def test_it_fits_the_page_and_nothing_is_cut(width, draw, charset, large):
    long = {
        **ANSWER,
        "text": "x" * 60,
        "expects": [["q", 1.0]] * 60,
        "signals": {name: [rows[0] * 20] for name, rows in SIGNALS.items()},
        "cell": "rnn-full-no-clipping-001" if large else "",
        "layers": 3 if large else 1,
    }
    if large:
        long["signals"]["c"] = [[-88.88] * 60]
    for step in (0, 30, 59):
        rows = drawn(step, width, charset, draw, long)
        assert len(rows) <= (18 if width == 76 else 20)
        assert not any(row.endswith(charset.cut) for row in rows)
        assert charset.unicode or all(row.isascii() for row in rows)


def test_a_gate_and_a_candidate_have_their_bars():
    assert [bar(value, ASCII) for value in (0.0, 0.5, 1.0)] == ["-----", "##---", "#####"]
    assert [bar(value, UNICODE, is_signed=True) for value in (-1.0, 0.0, 0.5)] == ["━━│──", "──│──", "──│━─"]
    assert [signed(value) for value in (-0.001, 1.0, -0.5)] == ["+0.00", "+1.00", "-0.50"]


def test_the_walk_has_a_row_for_each_character():
    rows = plain(draw_walk(Moment(ANSWER), 76, ASCII))
    assert rows[2].split() == ["1", "'a'", "0.50", "0.75", "+0.80", "1.00", "+0.40", "+0.38"]
    assert len(rows) == 5


def test_the_strips_stand_on_zero_and_the_terms_add_up_to_c():
    rows = drawn(2, draw=draw_two_strips)
    assert rows[1] == "        a/b"
    assert rows[3:8] == STRIP
    assert rows[-2] == "c = +0.60 is the sum of row +; half or more is left of this one."
    assert rows[-1] == "h shows o tanh(c) = 0.00 x tanh(+0.60) = +0.00."


def test_without_an_answer_it_says_what_will_be_seen_and_what_is_computed():
    for draw in (draw_lstm_cell, draw_two_strips):
        assert "training a small cell" in plain(draw(None, "", 76, UNICODE))[-1]
        assert "walking your cell" in plain(draw(None, "/a/run", 76, UNICODE))[-1]
