"""Gates, selective cells, saliency and gradients through time as rows."""

import random

import pytest

from tutor.drawing.characters import lines_of, shaded_text
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.gates import draw_gates, draw_unit
from tutor.drawing.rows import FAINT, GOOD, plain
from tutor.drawing.saliency import draw_saliency
from tutor.drawing.selective_cells import draw_selective_cells
from tutor.drawing.shades import PALETTE, Scale
from tutor.drawing.through_time import draw_through_time

DICE = random.Random(1)
TEXT = "KING LEAR:\nBlow, winds, and crack your cheeks! rage! blow! You"
SATURATED = {"shut": 1.0, "open": 0.123, "mean": 0.5, "always_shut": 1.0, "always_open": 1.0}
GATES = {
    "gate": "f", "layer": 0, "layers": 2, "hidden": 256, "sorted": True, "text": TEXT, "units": [200, *range(31)],
    "values": [[DICE.random() for _ in TEXT] for _ in range(32)], "measured": 2000,
    "saturation": dict.fromkeys("ifo", SATURATED),
}  # fmt: skip
ONE = {key: value for key, value in GATES.items() if key not in ("gate", "units", "values")} | {
    "unit": 200, "rows": {name: [DICE.random() for _ in TEXT] for name in "ifgoch"},
}  # fmt: skip
CELLS = {
    "layer": 0, "state": "c", "measured": 6000, "unit": 0, "text": TEXT, "left_out": ["inside quotes or brackets"],
    "values": [0.0] * len(TEXT), "shares": [i / len(TEXT) for i in range(len(TEXT))],
    "found": [
        {"feature": "a space", "unit": 0, "score": 0.88, "chance": 0.06, "share": 0.148},
        {"feature": "inside a speaker's name", "unit": 130, "score": -0.2, "chance": 0.43, "share": 0.031},
    ],
}  # fmt: skip
SAID = {
    "text": TEXT[:20], "target": "\n", "probability": 0.097, "values": [0.0] * 17 + [0.4, -2.0, 1.0],
    "guesses": [{"symbol": " ", "probability": 0.5}, {"symbol": "\n", "probability": 0.1}],
}  # fmt: skip
CURVES = {
    "cell": "lstm", "rows": 16,
    "curves": [
        {"name": f"{state}, {when}", "log10": [-k * (99 - t) / 10 for t in range(100)]}
        for k, when in ((0.5, "trained"), (2.0, "untrained, bias 0"), (1.0, "untrained, bias 1"))
        for state in ("h", "c", "h and c")
    ],
}  # fmt: skip
DRAWN = [
    (draw_gates, GATES), (draw_unit, ONE), (draw_selective_cells, CELLS), (draw_saliency, SAID),
    (draw_through_time, CURVES),
]  # fmt: skip


@pytest.mark.parametrize(("draw", "answer"), DRAWN)
@pytest.mark.parametrize("width", [100, 78, 58, 40])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_every_picture_fits_its_width_and_its_character_set(draw, answer, width, charset):
    rows = plain(draw(answer, width, charset))
    assert max(map(len, rows)) <= width
    if charset is ASCII:
        assert "\n".join(rows).isascii()


@pytest.mark.parametrize(("draw", "answer"), DRAWN)
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_nothing_is_cut_on_the_smallest_screen(draw, answer, charset):
    assert not [row for row in plain(draw(answer, 58, charset)) if row.endswith(charset.cut)]


def test_gates_stand_under_the_characters_that_they_are_of():
    answer = GATES | {"text": "a b", "units": [4], "values": [[0.0, 1.0, 0.5]]}
    head, text, row, below, *_ = plain(draw_gates(answer, 78, ASCII))
    assert head == "forget gate f, layer 0 of 2: 1 of 256 units, the most selective first"
    assert text == below == "      a b"
    assert row == "    4  @+"


def test_characters_beyond_the_edge_are_counted():
    assert "10 more characters lie beyond the edge" in "\n".join(plain(draw_gates(GATES, len(TEXT) - 4, ASCII)))


def test_saturation_of_every_gate_stands_below_and_a_cell_without_gates_says_so():
    rows = plain(draw_gates(GATES, 78, ASCII))
    (row,) = [row for row in rows if row.startswith("forget gate f  ")]
    assert row.split()[3:] == ["100.0%", "12.3%", "0.50", "100.0%", "100.0%"]
    alone = GATES | {"gate": "h", "saturation": {}}
    assert "A vanilla net has no gates" in "\n".join(plain(draw_gates(alone, 78, ASCII)))


def test_findings_are_told_from_chance_by_their_style():
    rows = draw_selective_cells(CELLS, 78, ASCII)
    assert [rows[place][1][1] for place in (1, 2)] == [GOOD, FAINT]
    assert "Too rare there to be told: inside quotes or brackets." in " ".join(plain(rows))


def test_a_unit_over_the_text_is_shades_under_it_or_digits_below_it():
    scale = Scale(0.0, 1.0)
    (row,) = shaded_text("a\n?", [0.0, 0.5, 1.0], scale, UNICODE)
    assert [text for text, _ in row] == ["a", "\u21b5", "?"]
    assert [style.split()[-1] for _, style in row] == [f"color({PALETTE[k]})" for k in (0, 4, 7)]
    assert plain(shaded_text("a\n?", [0.0, 0.5, 1.0], scale, ASCII)) == ["a/?", "059"]


def test_a_text_is_cut_at_its_line_breaks_and_at_the_width_and_nothing_is_lost():
    pieces = lines_of("ab\n\ncdefgh", list(range(10)), 4)
    assert [text for text, _ in pieces] == ["ab\n", "\n", "cdef", "gh"]
    assert [value for _, values in pieces for value in values] == list(range(10))


def test_the_strongest_say_is_told_with_its_sign_and_distance():
    text = " ".join(plain(draw_saliency(SAID, 200, ASCII)))
    assert f"{TEXT[18]} 2 back (-2.00)" in text
    assert "What speaks for / (9.7%) as the next character" in text
    assert "no proof of a cause" in text
    assert "own guesses: space 50%, / 10%" in text, "a space by its name: it would not be seen"


def test_where_a_tenth_arrives_is_read_off_the_curve():
    rows = plain(draw_through_time(CURVES, 78, ASCII))
    (trained,) = [row for row in rows if row.startswith("c trained  ")]
    assert trained.split()[2:] == ["10^-0.5", "10^-2.5", "10^-5.0", "21", "back"]
    legend = plain(draw_through_time(CURVES, 58, UNICODE))[1]
    assert all(name in legend for name in ("c trained", "h,c trained", "c bias 0", "c bias 1"))
    assert [row for row in rows if row.startswith("h,c untrained bias 0 ")]
    assert "0.5^k" in " ".join(rows)


def test_of_one_unit_every_gate_stands_under_each_line_of_the_text_by_its_own_scale():
    rows = {"f": [0.0, 1.0, 0.5], "g": [-1.0, 1.0, 0.0], "c": [0.0, 8.0, -8.0]}
    answer = ONE | {"text": "a\nb", "rows": rows, "layers": 1}
    head, *drawn = plain(draw_unit(answer, 78, ASCII))
    assert head == "Unit 200 of 256: its gates and states, character by character"
    assert drawn[:8] == [
        "      a/", "    f  @", "    g  @", "    c +@",
        "      b", "    f +", "    g +", "    c",
    ]  # fmt: skip
    assert [row.split()[0] for row in drawn[8:11]] == ["f", "g", "c"]
    assert drawn[10].split()[1] == "-8"
    (forget,) = [row for row in drawn if row.startswith("forget gate f")]
    assert forget.split()[3:] == ["100.0%", "12.3%", "0.50"]
